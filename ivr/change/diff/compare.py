"""The difference of two releases, step by step: what changed, whether it can lead a caller elsewhere, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, Difference
from ivr.change.diff.hotline_changes import hotline_changes, promise_changes
from ivr.change.diff.names import renamed_choices, renamed_steps, with_new_names
from ivr.change.diff.plain import Plain, plain, step_tree
from ivr.change.diff.steps import At, step_changes
from ivr.flow.parse import Parsed, ParsedFlow

QUESTIONS = frozenset({"menu", "yes_no", "language", "collect"})


@dataclass(slots=True)
class _Side:
    """One of the two releases."""

    parsed: Parsed

    @property
    def first(self) -> str:
        assert self.parsed.hotline is not None
        return next(iter(self.parsed.hotline.languages))

    def steps(self, flow: str) -> dict[str, dict[str, Plain]]:
        """The steps of a flow as trees, in order; none where there is no such flow."""
        found = self.parsed.flows.get(flow)
        if found is None:
            return {}
        return {name: self._step(found, name) for name in found.steps}

    def _step(self, flow: ParsedFlow, name: str) -> dict[str, Plain]:
        raw = flow.source.data["steps"][name]
        return step_tree(next(iter(raw)), flow.steps[name], raw, self.first)


def difference(before: Parsed, after: Parsed) -> Difference:
    """All that is not alike in two releases that could be read without findings of parsing. Equal content, however it
    is laid out, has no changes; any other has at least one."""
    assert before.hotline is not None and after.hotline is not None
    changes = [*hotline_changes(before.hotline, after.hotline), *promise_changes(_promises(before), _promises(after))]
    steps: dict[tuple[str, str], str] = {}
    exits: dict[tuple[str, str, str], str] = {}
    languages = {tag: fields.name for tag, fields in {**before.hotline.languages, **after.hotline.languages}.items()}
    for flow in dict.fromkeys([*before.flows, *after.flows]):
        old, new = _Side(before).steps(flow), _Side(after).steps(flow)
        if not old or not new:
            changes.append(_whole(flow, old, new))
            continue
        names = renamed_steps(old, new)
        steps |= {(flow, was): now for was, now in names.items()}
        pairs = {}
        for was, step in old.items():
            now = names.get(was, was)
            choices = renamed_choices(step, new[now], names) if now in new else {}
            exits |= {(flow, was, choice): to for choice, to in choices.items()}
            if now in new:
                exits |= {(flow, was, arm): to for arm, to in _arms(step, new[now]).items()}
            pairs[now] = with_new_names(step, names, choices)
        changes += _renamed(flow, names, new)
        changes += _head(flow, before.flows[flow], after.flows[flow], names)
        changes += _steps(flow, pairs, new, languages)
    return Difference(changes=tuple(changes), steps=steps, exits=exits)


def _promises(side: Parsed) -> Sequence[Mapping[str, Any]]:
    """As they stand in the file: their conditions are compiled away in the fields."""
    written = side.hotline_source.data.get("promises") if side.hotline_source else None
    return written if isinstance(written, list) else []


def _whole(flow: str, old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Change:
    if new:
        return Change(flow=flow, what="flow added", sentence=f"the flow is new, with {len(new)} steps")
    return Change(flow=flow, what="flow removed", sentence=f"the flow is gone, with its {len(old)} steps")


def _renamed(flow: str, names: Mapping[str, str], new: Mapping[str, Plain]) -> Iterator[Change]:
    for was, now in names.items():
        sentence = f'{say.step(new[now]["kind"], now)} was called "{was}" before; nothing else changed by that'
        yield Change(flow=flow, step=now, what="step renamed", way=False, sentence=sentence, before=was, after=now)


def _head(flow: str, before: ParsedFlow, after: ParsedFlow, names: Mapping[str, str]) -> Iterator[Change]:
    first, now = (next(iter(side.steps)) for side in (before, after))
    if names.get(first, first) != now:
        sentence = f'it begins with "{now}" (before: with "{first}")'
        yield Change(flow=flow, what="first step", name=now, sentence=sentence, before=first, after=now)
    was_asked, is_asked = _first_question(before), _first_question(after)
    if names.get(was_asked, was_asked) != is_asked:
        sentence = f'its first question, to which going back twice leads, is "{is_asked}" (before: "{was_asked}")'
        yield Change(flow=flow, what="first question", name=is_asked, sentence=sentence)
    for path, old, new in say.leaves(_head_tree(before), _head_tree(after)):
        shown = {"intake": "the case it opens at once", "gives": "what it hands back", "takes": "what it is handed"}
        what = f"{shown.get(path[0], path[0])} {' '.join(path[1:])}".strip()
        sentence = f"{what} is {say.value(new)} (before: {say.value(old)})"
        yield Change(
            flow=flow, what="case" if path[0] == "intake" else "other", name=path[0], way=path[0] != "title",
            sentence=sentence, before="" if old is None else str(old), after="" if new is None else str(new),
        )  # fmt: skip


def _head_tree(flow: ParsedFlow) -> dict[str, Plain]:
    return {name: plain(getattr(flow.head, name)) for name in ("title", "takes", "gives", "intake")}


def _first_question(flow: ParsedFlow) -> str:
    kinds = {name: next(iter(flow.source.data["steps"][name])) for name in flow.steps}
    return next((name for name, kind in kinds.items() if kind in QUESTIONS), next(iter(flow.steps)))


def _steps(
    flow: str, old: Mapping[str, dict[str, Plain]], new: Mapping[str, dict[str, Plain]], languages: Mapping[str, str]
) -> Iterator[Change]:
    for name, step in new.items():
        if name not in old:
            sentence = f"{say.step(step['kind'], name)} is new"
            yield Change(flow=flow, step=name, what="step added", sentence=sentence)
        elif old[name] != step:
            at = At(flow, name, step["kind"], languages)
            found = list(step_changes(at, old[name], step))
            if not found and _differ(old[name], step):
                found = [at.change("other", "it is written otherwise")]
            yield from found
    for name, step in old.items():
        if name not in new:
            sentence = f"{say.step(step['kind'], name)} is gone"
            yield Change(flow=flow, step=name, what="step removed", sentence=sentence)


def _differ(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> bool:
    return old.get("arms") != new.get("arms") or any(True for _ in say.leaves(dict(old), dict(new)))


def _arms(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Old to new names of a branch's exits, which are counted: an arm stays itself while its condition does."""
    if "arms" not in old or "arms" not in new:
        return {}
    whens = [when for when, _ in new["arms"]]
    found = {}
    for n, (when, _) in enumerate(old["arms"], 1):
        if when in whens:
            found[_arm(n, old)] = _arm(whens.index(when) + 1, new)
    return {was: now for was, now in found.items() if was != now}


def _arm(n: int, step: Mapping[str, Any]) -> str:
    return "else" if n == len(step["arms"]) else f"arm {n}"
