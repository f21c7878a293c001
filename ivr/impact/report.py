"""The report of impact: as text for people, as data for programs, and in three lines for `ivr publish`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.flow.difference.change import Change
from ivr.impact.effect import Effect
from ivr.impact.sentences import count, sentence
from ivr.impact.tally import Group, Tally

CAUTION = (
    "Up to the place where a call is led elsewhere it was replayed and is the same; "
    "what its caller would do after that, nobody knows."
)
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
        size: dict[tuple[bool, str, str], int] = {}
        for effect, group in self.tally.groups.items():
            at = (effect.how == "words", effect.flow, effect.step)
            size[at] = size.get(at, 0) + group.calls
        return sorted(
            self.tally.groups.items(),
            key=lambda item: (
                item[0].how == "words", -size[item[0].how == "words", item[0].flow, item[0].step], item[0][1:3],
                FIRST.index(item[0].how), -item[1].calls, item[0],
            ),
        )  # fmt: skip

    def because(self, effect: Effect) -> list[str]:
        """The edits of the place that caused a group."""
        words = effect.how == "words"
        return list(dict.fromkeys(
            change.sentence for change in self.changes
            if (change.flow, change.step) == (effect.flow, effect.step) and change.way != words
        ))  # fmt: skip

    def untold(self) -> list[str]:
        """Changes no replay can judge: a stored caller was silent for as long as the old waiting times let them."""
        return list(dict.fromkeys(
            f"{change.flow}: {change.sentence}" if change.flow else change.sentence
            for change in self.changes if change.what == "time"
        ))  # fmt: skip


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
    for (outcome, why), n in sorted(tally.why.items()):
        said = f"the draft needs {why}, which is not stored with the call" if outcome == "unknown" else why
        yield f"  {n:,} {'not to be told' if outcome == 'unknown' else outcome}: {said}"
    place: tuple[str, str, bool] | None = None
    for effect, group in report.groups():
        here = (effect.flow, effect.step, effect.how == "words")
        if here != place:
            place = here
            yield ""
            yield ("Words only. " if here[2] else "") + _head(effect, report.because(effect))
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
    flow = effect.flow or "hotline"
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
