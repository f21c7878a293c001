"""The difference of two releases: each change with a sentence, and whether it changes what a call does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, Difference
from ivr.change.diff.hotline_changes import hotline_changes, promise_changes
from ivr.change.diff.plain import Plain, plain, step_tree
from ivr.change.diff.renames import Steps, renamed_arms, renamed_choices, renamed_steps, with_new_names
from ivr.change.diff.step_changes import ChangedStep, step_changes
from ivr.change.diff.topic_changes import topic_changes
from ivr.flow.parse import Parsed, ParsedFlow
from ivr.messages.message import Message
from ivr.steps.kinds import KINDS
from ivr.steps.reported import reported_fields

HEAD = {
    "title": "diff.head.title", "intake": "diff.head.intake", "gives": "diff.head.gives", "takes": "diff.head.takes",
}  # fmt: skip


def difference(before: Parsed, after: Parsed) -> Difference:
    """Every change between two releases that have no findings of parsing.

    Equal content has no changes, however it is laid out; any other has at least one.
    """
    assert before.hotline is not None and after.hotline is not None
    changes = [*hotline_changes(before.hotline, after.hotline), *promise_changes(_promises(before), _promises(after)),
               *topic_changes(before.topics, after.topics)]  # fmt: skip
    steps: dict[tuple[str, str], str] = {}
    exits: dict[tuple[str, str, str], str] = {}
    languages = {tag: fields.name for tag, fields in {**before.hotline.languages, **after.hotline.languages}.items()}
    for flow in dict.fromkeys([*before.flows, *after.flows]):
        old, new = _trees(before, flow), _trees(after, flow)
        if not old or not new:
            changes.append(_whole(flow, old, new))
            continue
        names = renamed_steps(old, new)
        steps |= {(flow, was): now for was, now in names.items()}
        pairs = {}
        for was, step in old.items():
            now = names.get(was, was)
            choices = renamed_choices(step, new[now], names) if now in new else {}
            arms = renamed_arms(step, new[now]) if now in new else {}
            exits |= {(flow, was, exit): to for exit, to in (choices | arms).items()}
            pairs[now] = with_new_names(step, names, choices)
        changes += _renamed(flow, names, new)
        changes += _head(before.flows[flow], after.flows[flow], names)
        changes += _steps(flow, pairs, new, languages)
    return Difference(changes=tuple(changes), steps=steps, exits=exits)


def _trees(release: Parsed, flow: str) -> dict[str, dict[str, Plain]]:
    """The steps of a flow as trees, in order; none where there is no such flow."""
    found = release.flows.get(flow)
    if found is None or release.hotline is None:
        return {}
    language = next(iter(release.hotline.languages))
    return {name: step_tree(fields, language) for name, fields in found.steps.items()}


def _promises(release: Parsed) -> Sequence[Mapping[str, Any]]:
    """The promises as written: the fields keep their conditions only in compiled form."""
    written = release.hotline_source.data.get("promises") if release.hotline_source else None
    return written if isinstance(written, list) else []


def _whole(flow: str, old: Steps, new: Steps) -> Change:
    if new:
        return Change(flow=flow, what="flow added", sentence=Message("diff.flow.new", steps=len(new)))
    return Change(flow=flow, what="flow removed", sentence=Message("diff.flow.gone", steps=len(old)))


def _renamed(flow: str, names: Mapping[str, str], new: Steps) -> Iterator[Change]:
    for was, now in names.items():
        sentence = Message("diff.step.renamed", step=say.step(new[now]["kind"], now), before=was)
        yield Change(
            flow=flow, step=now, what="step renamed", changes_behavior=False, sentence=sentence, before=was, after=now
        )


def _head(before: ParsedFlow, after: ParsedFlow, names: Mapping[str, str]) -> Iterator[Change]:
    flow = before.head.flow
    first, now = (next(iter(release.steps)) for release in (before, after))
    if names.get(first, first) != now:
        sentence = Message("diff.flow.first", now=now, before=first)
        yield Change(flow=flow, what="first step", name=now, sentence=sentence, before=first, after=now)
    was_asked, is_asked = _first_question(before), _first_question(after)
    if names.get(was_asked, was_asked) != is_asked:
        sentence = Message("diff.flow.first-question", now=is_asked, before=was_asked)
        yield Change(
            flow=flow, what="first question", name=is_asked, sentence=sentence, before=was_asked, after=is_asked
        )
    for path, old, new in say.leaves(_head_tree(before), _head_tree(after)):
        values = {"name": " ".join(path[1:]), "now": say.value(new), "before": say.value(old)}
        yield Change(
            flow=flow, what="case" if path[0] == "intake" else "other", name=path[0],
            changes_behavior=path[0] != "title", before=say.text(old), after=say.text(new),
            sentence=Message(HEAD[path[0]], **values),
        )  # fmt: skip


def _head_tree(flow: ParsedFlow) -> dict[str, Plain]:
    return {name: plain(getattr(flow.head, name)) for name in ("title", "takes", "gives", "intake")}


def _first_question(flow: ParsedFlow) -> str:
    return next(
        (name for name, fields in flow.steps.items() if fields.kind.back == "remembered"), next(iter(flow.steps))
    )


def _steps(flow: str, old: Steps, new: Steps, languages: Mapping[str, str]) -> Iterator[Change]:
    for name, step in new.items():
        if name not in old:
            sentence = Message("diff.step.new", step=say.step(step["kind"], name))
            yield Change(flow=flow, step=name, what="step added", sentence=sentence)
        elif old[name] != step:
            at = ChangedStep(flow, name, step["kind"], languages, reported_fields(KINDS[step["kind"]]))
            found = list(step_changes(at, old[name], step))
            if not found and _differ(old[name], step):
                found = [at.change("other", Message("diff.step.differs", step=at.named))]
            yield from found
    for name, step in old.items():
        if name not in new:
            sentence = Message("diff.step.gone", step=say.step(step["kind"], name))
            yield Change(flow=flow, step=name, what="step removed", sentence=sentence)


def _differ(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> bool:
    return old.get("arms") != new.get("arms") or any(True for _ in say.leaves(dict(old), dict(new)))
