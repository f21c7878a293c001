"""The report of impact: as text for people, as data for programs, and in three lines for `ivr publish`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.change.diff.change import Change
from ivr.change.impact.effect import Effect
from ivr.change.impact.sentences import count, sentence
from ivr.change.impact.tally import Group, Tally

CAUTION = (
    "Up to the place where a call is led elsewhere it was replayed and is the same; "
    "what its caller would do after that, nobody knows."
)
Spot = tuple[bool, str, str]
"""Words only or not; flow; step, or of the hotline what of it."""
FIRST = ("led elsewhere", "begins elsewhere", "no longer offered", "other record", "moved key", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What impact found: the tally, the changes from each release the calls were led by to the draft, from when on."""

    tally: Tally
    changes: Sequence[Change]
    since: str = ""

    @property
    def diverted(self) -> int:
        """Calls that would be led elsewhere."""
        return self.tally.outcomes["diverted"]

    def groups(self) -> list[tuple[Effect, Group]]:
        """By the place that caused them, the largest first; words only at the end."""
        size: Counter[Spot] = Counter()
        for effect, group in self.tally.groups.items():
            size[_spot(effect)] += group.calls

        def order(item: tuple[Effect, Group]) -> object:
            spot = _spot(item[0])
            return spot[0], -size[spot], spot, FIRST.index(item[0].how), -item[1].calls, item[0]

        return sorted(self.tally.groups.items(), key=order)  # type: ignore[arg-type]

    def because(self, effect: Effect) -> list[str]:
        """The edits of the place that caused a group; other words may come of an edit that is not of words only."""
        here = [c for c in self.changes if (c.flow, c.step) == (effect.flow, effect.step) and c.what != "time"]
        if not effect.flow:
            here = [change for change in here if _of_the_hotline(effect) in change.name]
        alike = [change for change in here if change.way == (effect.how != "words")]
        return list(dict.fromkeys(change.sentence for change in alike or here))

    def untold(self) -> list[str]:
        """Changes no replay can judge: a stored caller was silent for as long as the old waiting times let them."""
        return list(dict.fromkeys(
            f"{change.flow}: {change.sentence}" if change.flow else change.sentence
            for change in self.changes if change.what == "time"
        ))  # fmt: skip


def _spot(effect: Effect) -> Spot:
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
    tally, of = report.tally, report.tally.outcomes
    since = f" since {report.since[:16].replace('T', ' ')} UTC" if report.since else ""
    lines = [
        f"{count(tally.calls, 'call')}{since}: {tally.replayed:,} replayed, {of['skipped']:,} skipped, "
        f"{of['unreadable']:,} unreadable."
    ]
    if tally.replayed:
        parts = [
            (of["diverted"], "led elsewhere"), (of["moved"], "by another key to the same place"),
            (of["words"], "hearing other words only"), (of["same"], "the same"), (of["unknown"], "not to be told"),
        ]  # fmt: skip
        lines.append(", ".join(f"{n:,} {what}" for n, what in parts if n or what == "led elsewhere") + ".")
    largest = [sentence(e, g, g.calls / tally.replayed) for e, g in report.groups() if e.how != "words"]
    return [*lines, *(f"The most: {said}." for said in largest[:1])]


def text(report: Report) -> Iterator[str]:
    """The report in lines."""
    tally = report.tally
    yield from summary(report)[:2]
    if not tally.calls:
        yield "Only real calls count; --simulated adds those of the terminal phone, --since says from when on."
    for (outcome, why), n in sorted(tally.why.items()):
        said = f"the draft needs {why}, which is not stored with the call" if outcome == "unknown" else why
        yield f"  {n:,} {'not to be told' if outcome == 'unknown' else outcome}: {said}"
    place: Spot | None = None
    for effect, group in report.groups():
        if _spot(effect) != place:
            place = _spot(effect)
            yield ""
            yield ("Words only. " if place[0] else "") + _head(effect, report.because(effect))
        yield f"  {sentence(effect, group, group.calls / tally.replayed)}."
        yield f"    such as call {group.example[1]}"
    if report.diverted:
        yield ""
        yield CAUTION
    untold = report.untold()
    if untold:
        yield ""
        yield "A replay cannot judge waiting times:"
        yield from (f"  {said}." for said in untold)


def _head(effect: Effect, because: Sequence[str]) -> str:
    flow = effect.flow or "the hotline itself"
    return f"{flow}: {'; '.join(because)}." if because else f"{flow}:"


def data(report: Report) -> dict[str, Any]:
    """The report for programs. `share` is of the calls replayed."""
    tally, of = report.tally, report.tally.outcomes
    return {
        "since": report.since or None,
        "calls": tally.calls,
        "turns": tally.turns,
        "replayed": tally.replayed,
        "led_elsewhere": of["diverted"],
        "moved_keys": of["moved"],
        "words_only": of["words"],
        "same": of["same"],
        "not_to_be_told": of["unknown"],
        "skipped": of["skipped"],
        "unreadable": of["unreadable"],
        "why": [{"outcome": outcome, "why": why, "calls": n} for (outcome, why), n in sorted(tally.why.items())],
        "releases": dict(sorted(tally.releases.items())),
        "groups": [_group(report, effect, group) for effect, group in report.groups()],
        "waiting_times": report.untold(),
    }


def _group(report: Report, effect: Effect, group: Group) -> Mapping[str, Any]:
    share = group.calls / report.tally.replayed
    return {
        "what": effect.how,
        "flow": effect.flow or None,
        "step": effect.step or None,
        "exit": effect.exit or None,
        "calls": group.calls,
        "share": round(share, 6),
        "cases_lost": list(effect.lost),
        "cases_gained": list(effect.gained),
        "habit": effect.habit or None,
        "led": [{"before": was, "after": now, "calls": n} for (was, now), n in group.led.most_common()],
        "because": report.because(effect),
        "example": group.example[1],
        "sentence": sentence(effect, group, share),
    }
