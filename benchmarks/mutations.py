"""Mistakes an author could make, planted in copies of flows: each operator at every place it fits.

Files are read as data, changed, and written again, so that lint sees a file and not an object.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import yaml

Data = dict[str, Any]
Flows = dict[str, Data]
Planted = tuple[str, str, Flows]
"""Operator, place, the flows with the mistake."""
TARGETS = ("next", "yes", "no", "otherwise", "closed", "answered", "busy", "open")


def load(files: dict[str, bytes]) -> Flows:
    """The files as data; every scalar is text."""
    return {name: yaml.load(raw, yaml.BaseLoader) for name, raw in files.items()}  # noqa: S506 - BaseLoader is safe


def dump(flows: Flows) -> dict[str, bytes]:
    """Data as files again."""
    return {name: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode() for name, data in flows.items()}


def planted(flows: Flows) -> Iterator[Planted]:
    """Every mistake of every operator."""
    for name, data in flows.items():
        for step, fields in data.get("steps", {}).items():
            for operator, change in STEP_OPERATORS.items():
                for what, edit in change(name, step, fields, data):
                    yield operator, f"{data['flow']}.{step} {what}".strip(), _with(flows, edit)
        for operator, edit in _flow_edits(name, data):
            yield operator, data["flow"], _with(flows, edit)
    for operator, what, edit in _hotline_edits(flows):
        yield operator, what, _with(flows, edit)


Edit = Callable[[Flows], None]
Edits = Iterator[tuple[str, Edit]]


def _with(flows: Flows, edit: Edit) -> Flows:
    changed = copy.deepcopy(flows)
    edit(changed)
    return changed


def _at(flows: Flows, file: str, step: str, path: tuple[Any, ...]) -> Any:
    found = flows[file]["steps"][step]
    for part in path:
        found = found[part]
    return found


def _put(file: str, step: str, path: tuple[Any, ...], value: Any) -> Edit:
    def edit(flows: Flows) -> None:
        _at(flows, file, step, path[:-1])[path[-1]] = value

    return edit


def _take(file: str, step: str, path: tuple[Any, ...]) -> Edit:
    def edit(flows: Flows) -> None:
        del _at(flows, file, step, path[:-1])[path[-1]]

    return edit


def exits(fields: Data) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every written target of a step, with its path."""
    for key, value in fields.items():
        if key in TARGETS and isinstance(value, str):
            yield (key,), value
        elif key in ("no_input", "no_match"):
            if isinstance(value, str):
                yield (key,), value
            elif "next" in value:
                yield (key, "next"), value["next"]
        elif key == "choices":
            yield from (((key, k, "next"), c["next"]) for k, c in value.items() if "next" in c)
        elif key == "outcomes":
            yield from (((key, word), to) for word, to in value.items())
        elif key == "branch":
            yield from (((key, n, "next"), arm["next"]) for n, arm in enumerate(value))


def _retarget(file: str, step: str, fields: Data, data: Data) -> Edits:
    names = list(data["steps"])
    for n, (path, to) in enumerate(exits(fields)):
        others = [name for name in names if name not in (step, to)]
        if others:
            other = others[(names.index(step) * 7 + n * 3 + 1) % len(others)]
            yield f"{_said(path)} to {other}", _put(file, step, path, other)


def _to_itself(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, to in exits(fields):
        if to != step:
            yield _said(path), _put(file, step, path, step)


def _to_predecessor(file: str, step: str, fields: Data, data: Data) -> Edits:
    others = {name: other for name, other in data["steps"].items() if name != step}
    leading = [name for name, other in others.items() if any(to == step for _, to in exits(other))]
    for path, to in exits(fields):
        if leading and to != leading[0]:
            yield f"{_said(path)} to {leading[0]}", _put(file, step, path, leading[0])


def _swap_targets(file: str, step: str, fields: Data, data: Data) -> Edits:
    keys = [key for key, choice in fields.get("choices", {}).items() if "next" in choice]
    for one, other in zip(keys, keys[1:], strict=False):
        def edit(flows: Flows, one: str = one, other: str = other) -> None:
            choices = flows[file]["steps"][step]["choices"]
            choices[one]["next"], choices[other]["next"] = choices[other]["next"], choices[one]["next"]

        yield f"{one} and {other}", edit


def _swap_keys(file: str, step: str, fields: Data, data: Data) -> Edits:
    keys = list(fields.get("choices", {}))
    for one, other in zip(keys, keys[1:], strict=False):
        def edit(flows: Flows, one: str = one, other: str = other) -> None:
            choices = flows[file]["steps"][step]["choices"]
            choices[one], choices[other] = choices[other], choices[one]

        yield f"{one} and {other}", edit


def _delete_choice(file: str, step: str, fields: Data, data: Data) -> Edits:
    for key in fields.get("choices", {}):
        yield key, _take(file, step, ("choices", key))


def _delete_exit(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, _ in exits(fields):
        if path[0] not in ("branch", "no_input", "no_match", "outcomes"):
            yield _said(path), _take(file, step, path)


def _delete_give_up(file: str, step: str, fields: Data, data: Data) -> Edits:
    for key in ("no_input", "no_match"):
        if key in fields:
            yield key, _take(file, step, (key,))


def _give_up_asks_again(file: str, step: str, fields: Data, data: Data) -> Edits:
    for key in ("no_input", "no_match"):
        if key in fields:
            yield key, _put(file, step, (key,), {"tries": "2", "next": step})


def _delete_outcome(file: str, step: str, fields: Data, data: Data) -> Edits:
    for word in fields.get("outcomes", {}):
        yield word, _take(file, step, ("outcomes", word))


def _delete_last_arm(file: str, step: str, fields: Data, data: Data) -> Edits:
    if "branch" in fields:
        yield "", _take(file, step, ("branch", -1))


def _arms(file: str, step: str, fields: Data, data: Data) -> Iterator[tuple[int, Data]]:
    yield from ((n, arm["when"]) for n, arm in enumerate(fields.get("branch", [])) if "when" in arm)


def _default_first(file: str, step: str, fields: Data, data: Data) -> Edits:
    if len(fields.get("branch", [])) > 1:
        yield "", _put(file, step, ("branch",), fields["branch"][::-1])


def _negate(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            known = isinstance(condition, dict) and "known" in condition
            other = {"known": "no" if condition["known"] == "yes" else "yes"} if known else {"not": condition}
            yield name, _put(file, step, ("branch", n, "when", name), other)


def _misspell_value(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            yield name, _put(file, step, ("branch", n, "when"), {f"{name}x": condition})


def _other_literal(file: str, step: str, fields: Data, data: Data) -> Edits:
    for n, when in _arms(file, step, fields, data):
        for name, condition in when.items():
            if isinstance(condition, str):
                yield name, _put(file, step, ("branch", n, "when", name), "other")
    for name, value in fields.get("set", {}).items():
        if isinstance(value, str):
            yield name, _put(file, step, ("set", name), {"yes": "no", "no": "yes"}.get(value, "other"))


def _skip(kind: str) -> Callable[[str, str, Data, Data], Edits]:
    def skip(file: str, step: str, fields: Data, data: Data) -> Edits:
        if kind in fields and len(data["steps"]) > 1:
            def edit(flows: Flows) -> None:
                _bypass(flows[file], step, fields["next"])

            yield "", edit

    return skip


def _bypass(data: Data, step: str, to: str) -> None:
    """The step is gone; what led to it leads on to where it led."""
    del data["steps"][step]
    for fields in data["steps"].values():
        for path, target in list(exits(fields)):
            if target == step:
                found = fields
                for part in path[:-1]:
                    found = found[part]
                found[path[-1]] = to


def _other_case(file: str, step: str, fields: Data, data: Data) -> Edits:
    if "case" in fields:
        yield "", _put(file, step, ("case",), "feedback" if fields["case"] != "feedback" else "inquiry")


def _no_fields(file: str, step: str, fields: Data, data: Data) -> Edits:
    given = fields.get("with")
    for n in range(len(given)) if "case" in fields and isinstance(given, list) else ():
        yield given[n], _take(file, step, ("with", n))


def _tries(count: str) -> Callable[[str, str, Data, Data], Edits]:
    def tries(file: str, step: str, fields: Data, data: Data) -> Edits:
        for key in ("no_input", "no_match"):
            if isinstance(fields.get(key), dict) and fields[key].get("tries") not in (None, count):
                yield key, _put(file, step, (key, "tries"), count)

    return tries


def _prompts(fields: Data) -> Iterator[tuple[tuple[Any, ...], Data]]:
    for key, value in fields.items():
        if isinstance(value, dict) and "zh-CN" in value:
            yield (key,), value
        if key == "choices":
            yield from (((key, k, "label"), c["label"]) for k, c in value.items() if "label" in c)


def _drop_language(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        for tag in prompt:
            yield f"{_said(path)} {tag}", _take(file, step, (*path, tag))


def _swap_languages(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        swapped = dict(zip(prompt, reversed(prompt.values()), strict=True))
        yield _said(path), _put(file, step, path, swapped)


def _no_words(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        if path[0] != "again":
            yield _said(path), _put(file, step, path, dict.fromkeys(prompt, "。"))


def _drop(field: str) -> Callable[[str, str, Data, Data], Edits]:
    def drop(file: str, step: str, fields: Data, data: Data) -> Edits:
        if field in fields:
            yield "", _take(file, step, (field,))

    return drop


def _unsaved_said_key(file: str, step: str, fields: Data, data: Data) -> Edits:
    if fields.get("announce") == "no":
        for key in fields.get("choices", {}):
            def edit(flows: Flows, key: str = key) -> None:
                choices = flows[file]["steps"][step]["choices"]
                choices["7"] = choices.pop(key)

            yield key, edit


STEP_OPERATORS: dict[str, Callable[[str, str, Data, Data], Edits]] = {
    "an exit leads to another step": _retarget,
    "an exit leads to its own step": _to_itself,
    "an exit leads back to a step before": _to_predecessor,
    "two choices' targets swapped": _swap_targets,
    "two keys swapped with their labels": _swap_keys,
    "a choice deleted": _delete_choice,
    "an exit deleted": _delete_exit,
    "a give-up deleted": _delete_give_up,
    "a give-up asks again": _give_up_asks_again,
    "an outcome deleted": _delete_outcome,
    "the last arm deleted": _delete_last_arm,
    "the default arm first": _default_first,
    "a condition negated": _negate,
    "a value misspelt in a condition": _misspell_value,
    "another literal": _other_literal,
    "a set deleted": _skip("set"),
    "a case deleted": _skip("case"),
    "a say deleted": _skip("say"),
    "another kind of case": _other_case,
    "a field left off a case": _no_fields,
    "tries 1": _tries("1"),
    "tries 9": _tries("9"),
    "a language deleted": _drop_language,
    "languages swapped": _swap_languages,
    "words gone": _no_words,
    "confirm dropped": _drop("confirm"),
    "save dropped": _drop("save"),
    "a key announced and not taken": _unsaved_said_key,
}


def _flow_edits(file: str, data: Data) -> Iterator[tuple[str, Edit]]:
    if "intake" in data:
        yield "an intake deleted", lambda flows: flows[file].pop("intake")
    if "gives" in data:
        yield "gives deleted", lambda flows: flows[file].pop("gives")
    if "flow" in data and data["flow"] not in ("main", "agent"):
        def cycle(flows: Flows) -> None:
            steps = flows[file]["steps"]
            first = next(iter(steps))
            flows[file]["steps"] = {"again": {"run": "main", "next": first}, **steps}

        yield "a flow run in a ring", cycle


def _hotline_edits(flows: Flows) -> Iterator[tuple[str, str, Edit]]:
    file = next(name for name in flows if name.endswith("hotline.yaml"))
    hotline = flows[file]
    for name in hotline["hours"]:
        yield "hours never open", name, lambda all_, name=name: all_[file]["hours"][name].update(open={"mon": "closed"})  # type: ignore[misc]
    for name in hotline["destinations"]:
        if "hours" in hotline["destinations"][name]:
            yield "hours of a desk dropped", name, lambda all_, name=name: all_[file]["destinations"][name].pop("hours")  # type: ignore[misc]
    for to in ("flow feedback", "back", "goodbye"):
        yield "0 leads elsewhere", to, lambda all_, to=to: all_[file]["shortcuts"]["0"].update(next=to)  # type: ignore[misc]
    yield "0 gone", "0", lambda all_: all_[file]["shortcuts"].pop("0")
    yield "a limit too low", "turns", lambda all_: all_[file]["limits"].update(turns="10")
    yield "a limit leads round", "next", lambda all_: all_[file]["limits"].update(next="flow main")
    for how in ("no_input", "no_match"):
        yield "every give-up hangs up", how, lambda all_, how=how: all_[file]["defaults"][how].update(next="goodbye")  # type: ignore[misc]
        yield "a re-ask deleted", how, lambda all_, how=how: all_[file]["defaults"][how].update(say=[])  # type: ignore[misc]
    for kind in hotline["cases"]:
        yield "a case's clock gone", kind, lambda all_, kind=kind: all_[file]["cases"][kind].update(clock="none")  # type: ignore[misc]


def _said(path: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in path if part != "next") or "next"
