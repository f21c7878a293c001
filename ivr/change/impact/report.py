"""The report of impact: as text for people, as data for programs, and in three lines for `ivr publish`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.change.diff.change import Change
from ivr.change.impact.effects import Effect, EffectGroup, ImpactTotals
from ivr.change.impact.sentences import count, sentence
from ivr.flow.model import StepKey
from ivr.steps.kind import Kind

CAUTION = "Each call was replayed up to the turn that diverts it. What its caller would do next is unknown."
EditKey = tuple[bool, str, str]
"""Words only or not; flow; step, or of the hotline what of it."""
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

    def sentence(self, effect: Effect, group: EffectGroup) -> str:
        """A group in one sentence."""
        return sentence(effect, group, self.share(group), self.kinds.get(StepKey(effect.flow, effect.step)))

    def because(self, effect: Effect) -> list[str]:
        """The edits at the place to blame; an edit that does more than reword can be why callers hear other words."""
        here = [c for c in self.changes if (c.flow, c.step) == (effect.flow, effect.step) and c.what != "time"]
        if not effect.flow:
            here = [change for change in here if _of_the_hotline(effect) in change.name]
        alike = [change for change in here if change.changes_behavior == (effect.how != "words")]
        return list(dict.fromkeys(change.sentence for change in alike or here))

    def waiting_times(self) -> list[str]:
        """Changes no replay can judge: a stored caller was silent for as long as the old waiting times let them."""
        return list(dict.fromkeys(
            f"{change.flow}: {change.sentence}" if change.flow else change.sentence
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


def summary(report: Report) -> list[str]:
    """The figures in three lines at most."""
    totals, of = report.totals, report.totals.outcomes
    since = f" since {report.since[:16].replace('T', ' ')} UTC" if report.since else ""
    lines = [
        f"{count(totals.calls, 'call')}{since}: {totals.replayed:,} replayed, {of['skipped']:,} skipped, "
        f"{of['unreadable']:,} unreadable."
    ]
    if totals.replayed:
        parts = [
            (of["diverted"], "diverted"), (of["moved"], "by another key to the same place"),
            (of["words"], "hearing other words only"), (of["same"], "the same"), (of["unknown"], "unknown"),
        ]  # fmt: skip
        lines.append(", ".join(f"{n:,} {what}" for n, what in parts if n or what == "diverted") + ".")
    largest = [report.sentence(effect, group) for effect, group in report.groups() if effect.how != "words"]
    return [*lines, *(f"The most: {said}." for said in largest[:1])]


def text(report: Report) -> Iterator[str]:
    """The report in lines."""
    totals = report.totals
    yield from summary(report)[:2]
    if not totals.calls:
        yield "Only real calls count. --simulated adds those of the terminal phone, --since takes earlier ones."
    for (outcome, why), n in sorted(totals.why.items()):
        said = f"the draft needs {why}, which is not stored with the call" if outcome == "unknown" else why
        yield f"  {n:,} {outcome}: {said}"
    edit: EditKey | None = None
    for effect, group in report.groups():
        if _edit(effect) != edit:
            edit = _edit(effect)
            yield ""
            yield ("Words only. " if edit[0] else "") + _head(effect, report.because(effect))
        yield f"  {report.sentence(effect, group)}."
        yield f"    such as call {group.example[1]}"
    if report.diverted:
        yield ""
        yield CAUTION
    waiting_times = report.waiting_times()
    if waiting_times:
        yield ""
        yield "A replay cannot judge waiting times:"
        yield from (f"  {said}." for said in waiting_times)


def _head(effect: Effect, because: Sequence[str]) -> str:
    flow = effect.flow or "the hotline itself"
    return f"{flow}: {'; '.join(because)}." if because else f"{flow}:"


def data(report: Report) -> dict[str, Any]:
    """The report for programs. `share` is of the calls replayed."""
    totals, of = report.totals, report.totals.outcomes
    return {
        "since": report.since or None,
        "calls": totals.calls,
        "turns": totals.turns,
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
    }
