"""Coverage in figures and lines: how much of each flow is walked, and the place of what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from ivr.explore.coverage import Item
from ivr.explore.replayed import ExampleCall
from ivr.flow.model import Release
from ivr.flow.parse import Parsed
from ivr.lint.own_examples import own_examples, shared
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was walked, and what some call could walk and none has, each with such a call."""

    parsed: Parsed
    release: Release
    walked: Set[Item]
    missing: Mapping[Item, ExampleCall]
    fixtures: int
    failed: Sequence[str]

    @property
    def percent(self) -> float:
        """Walked of what can be walked."""
        return self._share(len(self.walked), len(self.missing))

    @staticmethod
    def _share(walked: int, missing: int) -> float:
        return 100 * walked / (walked + missing) if walked + missing else 100.0

    def flows(self) -> list[tuple[str, str, int, int]]:
        """By flow and language: how much is walked, how much is not."""
        rows = []
        for flow in self.release.flows:
            for language in self.release.languages:
                walked = sum(item.flow == flow and item.language == language for item in self.walked)
                missing = sum(item.flow == flow and item.language == language for item in self.missing)
                if walked + missing:
                    rows.append((flow, language, walked, missing))
        return rows

    def gaps(self) -> list[tuple[str, int, Item]]:
        """What is not walked, with its file and line, in the order of the files."""
        return sorted((*self.place(item), item) for item in self.missing)

    def place(self, item: Item) -> tuple[str, int]:
        """Where an item is written, or its step."""
        source = self.parsed.flows[item.flow].source
        fields: dict[str, Any] = source.data["steps"][item.step]
        path: tuple[str | int, ...] = ("steps", item.step)
        choices: dict[str, Any] = fields.get("choices", {})
        named = [key for key, choice in choices.items() if item.what in _names(choice)]
        word = item.what.split()[0]
        if named:
            path = (*path, "choices", named[0])
        elif item.what.startswith("arm ") or item.what == "else":
            kind = next(iter(fields))
            arm = len(fields[kind]) if item.what == "else" else int(item.what.split()[1])
            return source.file, source.place((*path, kind, arm - 1)).line
        elif item.what in fields.get("outcomes", {}):
            path = (*path, "outcomes", item.what)
        elif word in fields:
            path = (*path, word)
        return source.file, source.key_place(path).line

    def lines(self) -> list[str]:
        """The report."""
        total = len(self.walked) + len(self.missing)
        lines: list[str] = [
            Message(
                "coverage.row", row=f"{flow:<16} {language:<8} {self._share(walked, missing):5.1f}%", walked=walked,
                total=walked + missing,
            )
            for flow, language, walked, missing in self.flows()
        ]  # fmt: skip
        percent, fixtures = f"{self.percent:5.1f}%", self.fixtures
        lines.append(Message("coverage.all", percent=percent, walked=len(self.walked), total=total, fixtures=fixtures))
        lines += [self._of_placed()] if self.release.outgoing else []
        for file, line, item in self.gaps():
            where, step = f"{file}:{line}", f"{item.flow}.{item.step}"
            lines.append(Message("coverage.gap", where=where, step=step, exit=item.what, language=item.language))
        lines += [shared(share) for share in own_examples(self.parsed)]
        return lines + [Message("coverage.failed", file=file) for file in self.failed]

    def _of_placed(self) -> Message:
        """How much is walked of the flows that only calls of our own come to."""
        ours = flows_of_placed(self.release)
        walked, missing = (sum(item.flow in ours for item in items) for items in (self.walked, self.missing))
        percent = f"{self._share(walked, missing):5.1f}%"
        return Message("coverage.placed", percent=percent, walked=walked, total=walked + missing)

    def data(self) -> dict[str, Any]:
        """The report as data."""
        return {
            "percent": round(self.percent, 2),
            "walked": len(self.walked),
            "possible": len(self.walked) + len(self.missing),
            "placed_flows": sorted(flows_of_placed(self.release)),
            "fixtures": self.fixtures,
            "failed": list(self.failed),
            "flows": [{"flow": flow, "language": language, "walked": walked, "possible": walked + missing}
                      for flow, language, walked, missing in self.flows()],
            "own_examples": [{"language": share.language, "heard": share.heard, "at_once": share.at_once,
                              "asked": share.asked, "elsewhere": share.elsewhere, "lost": share.lost}
                             for share in own_examples(self.parsed)],
            "missing": [{"file": file, "line": line, **item._asdict()} for file, line, item in self.gaps()],
        }  # fmt: skip


def flows_of_placed(release: Release) -> frozenset[str]:
    """The flows that calls of our own come to and no others do."""
    incoming = [flow for flow, direction in release.entries.items() if direction == "incoming"]
    others = [shortcut.next.name for shortcut in release.shortcuts.values() if shortcut.next.to == "flow"]
    return _led_to(release, list(release.outgoing)) - _led_to(release, [*incoming, *others])


def _led_to(release: Release, flows: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    ahead = [flow for flow in flows if flow in release.flows]
    while ahead:
        flow = ahead.pop()
        if flow in found or flow not in release.flows:
            continue
        found.add(flow)
        for step in release.flows[flow].steps.values():
            ahead += [step.declared.runs] if step.declared.runs else []
            ahead += [target.name for target in step.declared.exits.values() if target.to == "flow"]
    return frozenset(found)


def _names(choice: Mapping[str, Any]) -> list[str]:
    """What a choice may be called: its value, or its label."""
    return [choice.get("is", ""), *choice.get("label", {}).values()]
