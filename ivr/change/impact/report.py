"""The report of impact: as text for people, as data for programs, and in three lines for `ivr publish`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.change.diff.change import Change
from ivr.change.impact.effects import Effect, EffectGroup, ImpactTotals
from ivr.change.impact.heard_otherwise import HeardHow, HeardOtherwise
from ivr.change.impact.sentences import sentence
from ivr.flow.model import StepKey
from ivr.messages.message import Message, plain_values
from ivr.steps.kind import Kind

EditKey = tuple[bool, str, str]
"""Words only or not; flow; step, or of the hotline what of it."""
WHY = {"unknown": "impact.not-judged.unknown", "skipped": "impact.not-judged.skipped"}
"""Why so many calls have no result, by what became of them; any other is unreadable."""
MOST_TEXTS = 5
"""Utterances of a sort that the text shows; the JSON has all."""
HEARD: Mapping[HeardHow, str] = {
    "newly": "impact.otherwise.newly",
    "no longer": "impact.otherwise.no-longer",
    "elsewhere": "impact.otherwise.elsewhere",
}
FIRST = ("diverted", "begins elsewhere", "no longer offered", "other record", "moved key", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What impact found: the totals, the changes from each release of the calls to the draft, the kinds of the steps,
    and the moment from which calls count (RFC 3339, UTC; empty: all)."""

    totals: ImpactTotals
    changes: Sequence[Change]
    kinds: Mapping[StepKey, Kind] = field(default_factory=dict)
    since: str = ""

    @property
    def diverted(self) -> int:
        """Calls that the draft diverts."""
        return self.totals.outcomes["diverted"]

    def groups(self) -> list[tuple[Effect, EffectGroup]]:
        """By the edit to blame, the largest first; words only at the end."""
        size: Counter[EditKey] = Counter()
        for effect, group in self.totals.groups.items():
            size[_edit(effect)] += group.calls

        def order(item: tuple[Effect, EffectGroup]) -> object:
            edit = _edit(item[0])
            return edit[0], -size[edit], edit, FIRST.index(item[0].how), -item[1].calls, item[0]

        return sorted(self.totals.groups.items(), key=order)  # type: ignore[arg-type]

    def share(self, group: EffectGroup) -> float:
        """A group's part of the calls replayed, from 0 to 1."""
        return group.calls / self.totals.replayed

    def sentence(self, effect: Effect, group: EffectGroup) -> Message:
        """A group in one sentence."""
        return sentence(effect, group, self.share(group), self.kinds.get(StepKey(effect.flow, effect.step)))

    def because(self, effect: Effect) -> list[Message]:
        """The edits at the place to blame; an edit that does more than reword can be why callers hear other words."""
        here = [c for c in self.changes if (c.flow, c.step) == (effect.flow, effect.step) and c.what != "time"]
        if not effect.flow:
            here = [change for change in here if _of_the_hotline(effect) in change.name]
        alike = [change for change in here if change.changes_behavior == (effect.how != "words")]
        return list(dict.fromkeys(change.sentence for change in alike or here))

    def waiting_times(self) -> list[Message]:
        """Changes no replay can judge: a stored caller was silent for as long as the old waiting times let them."""
        return list(dict.fromkeys(
            Message("impact.of-flow", flow=change.flow, change=change.sentence) if change.flow else change.sentence
            for change in self.changes if change.what == "time"
        ))  # fmt: skip


def _edit(effect: Effect) -> EditKey:
    return effect.how == "words", effect.flow, effect.step or effect.exit


def _of_the_hotline(effect: Effect) -> str:
    """How the hotline's own changes are named that can have this effect; empty for any."""
    exit = effect.exit
    if effect.how == "begins elsewhere":
        return ""
    if effect.how == "words":
        return exit.split(".")[0]
    if exit in ("no_input", "no_match"):
        return f"defaults {exit}"
    what, _, name = exit.partition(" ")
    return {"shortcut": f"shortcuts {name}", "hours": f"hours {name}", "limit": "limits"}.get(what, "")


def summary(report: Report) -> list[Message]:
    """The figures in three lines at most."""
    totals, of = report.totals, report.totals.outcomes
    counted = {name: of[name] for name in ("skipped", "unreadable")} | {"n": totals.calls, "replayed": totals.replayed}
    lines = [Message("impact.totals", **counted)]
    if report.since:
        lines = [Message("impact.totals-since", since=report.since[:16].replace("T", " "), **counted)]
    if totals.replayed:
        parts = (
            Message("impact.outcome.diverted", n=of["diverted"]), Message("impact.outcome.moved", n=of["moved"]),
            Message("impact.outcome.words", n=of["words"]), Message("impact.outcome.same", n=of["same"]),
            Message("impact.outcome.unknown", n=of["unknown"]),
        )  # fmt: skip
        some = tuple(part for n, part in enumerate(parts) if not n or part.values["n"])
        lines.append(Message("impact.outcomes", parts=some))
    largest = [report.sentence(effect, group) for effect, group in report.groups() if effect.how != "words"]
    return [*lines, *(Message("impact.largest", group=said) for said in largest[:1])]


def text(report: Report) -> Iterator[str]:
    """The report in lines."""
    totals = report.totals
    yield from summary(report)[:2]
    if placed := sum(totals.placed.values()):
        yield Message("impact.placed", n=placed, diverted=totals.placed["diverted"], same=totals.placed["same"])
    yield from _heard(totals)
    if not totals.calls:
        yield Message("impact.no-calls")
    for (outcome, why), n in sorted(totals.why.items()):
        yield Message(WHY.get(outcome, "impact.not-judged.unreadable"), n=n, why=why)
    edit: EditKey | None = None
    for effect, group in report.groups():
        if _edit(effect) != edit:
            edit = _edit(effect)
            yield ""
            yield _head(effect, report.because(effect))
        yield Message("impact.group-line", group=report.sentence(effect, group))
        yield Message("impact.such-as", call=group.example[1])
    if report.diverted:
        yield ""
        yield Message("impact.caution")
    waiting_times = report.waiting_times()
    if waiting_times:
        yield ""
        yield Message("impact.waiting-times")
        yield from (Message("impact.group-line", group=said) for said in waiting_times)


def _heard(totals: ImpactTotals) -> Iterator[Message]:
    """What callers said that is understood otherwise, most often first; nothing where all is heard as before."""
    if not totals.heard:
        return
    newly, lost, elsewhere = (totals.heard_by(how) for how in HEARD)
    yield Message("impact.otherwise.line", newly=newly, lost=lost, elsewhere=elsewhere)
    for how in HEARD:
        texts = [(each.text, n) for each, n in _by_count(totals) if each.how == how]
        for text, n in texts[:MOST_TEXTS]:
            yield Message(HEARD[how], said=text, n=n)


def _by_count(totals: ImpactTotals) -> list[tuple[HeardOtherwise, int]]:
    return sorted(totals.heard.items(), key=lambda item: (-item[1], item[0]))


def _head(effect: Effect, because: Sequence[Message]) -> Message:
    flow = effect.flow or Message("diff.of-hotline")
    head = Message("impact.head", where=flow)
    if because:
        edits = tuple(Message("impact.edit", change=change) for change in because)
        head = Message("impact.head-because", where=flow, because=edits)
    return Message("impact.words-only", head=head) if effect.how == "words" else head


def data(report: Report) -> dict[str, Any]:
    """The report for programs. `share` is of the calls replayed."""
    totals, of = report.totals, report.totals.outcomes
    return {
        "since": report.since or None,
        "calls": totals.calls,
        "turns": totals.turns,
        "placed": {"calls": sum(totals.placed.values()), "diverted": totals.placed["diverted"]},
        "replayed": totals.replayed,
        "diverted": of["diverted"],
        "moved_keys": of["moved"],
        "words_only": of["words"],
        "same": of["same"],
        "unknown": of["unknown"],
        "skipped": of["skipped"],
        "unreadable": of["unreadable"],
        "why": [{"outcome": outcome, "why": why, "calls": n} for (outcome, why), n in sorted(totals.why.items())],
        "releases": dict(sorted(totals.releases.items())),
        "heard": [{"how": each.how, "text": each.text, "times": n} for each, n in _by_count(totals)],
        "groups": [_group(report, effect, group) for effect, group in report.groups()],
        "waiting_times": report.waiting_times(),
    }


def _group(report: Report, effect: Effect, group: EffectGroup) -> Mapping[str, Any]:
    return {
        "what": effect.how,
        "flow": effect.flow or None,
        "step": effect.step or None,
        "exit": effect.exit or None,
        "calls": group.calls,
        "share": round(report.share(group), 6),
        "cases_lost": list(effect.lost),
        "cases_gained": list(effect.gained),
        "old_key_action": effect.old_key_action or None,
        "from_to": [{"before": was, "after": now, "calls": n} for (was, now), n in group.from_to.most_common()],
        "because": report.because(effect),
        "example": group.example[1],
        "sentence": report.sentence(effect, group),
        "values": plain_values(report.sentence(effect, group)),
    }
