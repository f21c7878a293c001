"""Mistakes about where exits lead."""

from __future__ import annotations

from mutations.data import Data, Edits, Flows, Operator, exits, put, said, take


def _retarget(file: str, step: str, fields: Data, data: Data) -> Edits:
    names = list(data["steps"])
    for n, (path, to) in enumerate(exits(fields)):
        others = [name for name in names if name not in (step, to)]
        if others:
            other = others[(names.index(step) * 7 + n * 3 + 1) % len(others)]
            yield f"{said(path)} to {other}", put(file, step, path, other)


def _to_itself(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, to in exits(fields):
        if to != step:
            yield said(path), put(file, step, path, step)


def _to_predecessor(file: str, step: str, fields: Data, data: Data) -> Edits:
    others = {name: other for name, other in data["steps"].items() if name != step}
    leading = [name for name, other in others.items() if any(to == step for _, to in exits(other))]
    for path, to in exits(fields):
        if leading and to != leading[0]:
            yield f"{said(path)} to {leading[0]}", put(file, step, path, leading[0])


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
        yield key, take(file, step, ("choices", key))


def _delete_exit(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, _ in exits(fields):
        if path[0] not in ("branch", "no_input", "no_match", "outcomes"):
            yield said(path), take(file, step, path)


def _delete_outcome(file: str, step: str, fields: Data, data: Data) -> Edits:
    for word in fields.get("outcomes", {}):
        yield word, take(file, step, ("outcomes", word))


OPERATORS: dict[str, Operator] = {
    "an exit leads to another step": _retarget,
    "an exit leads to its own step": _to_itself,
    "an exit leads back to a step before": _to_predecessor,
    "two choices' targets swapped": _swap_targets,
    "two keys swapped with their labels": _swap_keys,
    "a choice deleted": _delete_choice,
    "an exit deleted": _delete_exit,
    "an outcome deleted": _delete_outcome,
}
