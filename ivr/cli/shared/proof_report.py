"""A proof as its reader sees it: in lines, as JSON, and its broken promises as fixtures."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.shared.written_example import WrittenExample, written_example
from ivr.errors import Finding
from ivr.explore.prove import NOT_COVERED, Proof, prove
from ivr.explore.reached import ExitName
from ivr.explore.state_walk import MOST_STATES
from ivr.explore.verdict import Verdict
from ivr.explore.waivers import Waiver
from ivr.flow.model import Release
from ivr.flow.parse import Parsed, parse
from ivr.flow.promises import REACHED
from ivr.flow.release import Files
from ivr.replay.fixture_files import write_fixture

BROKEN = "broken"
"""The folder for calls that break a promise."""


def shown_prove(release: Release, *, entries: Sequence[str] = (), most: int = MOST_STATES) -> Proof:
    """The proof of a release, with its progress on a terminal."""
    shows = sys.stderr.isatty()

    def progress(done: int, known: int) -> None:
        if shows:
            click.echo(f"\r{done:,} states walked of {known:,} known so far", nl=False, err=True)

    today = datetime.now(ZoneInfo(release.time_zone)).date()
    proof = prove(release, since=today, entries=entries, most=most, progress=progress)
    if shows:
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    return proof


class ProofReport:
    """A proof as its reader sees it; broken promises are written as fixtures on the way."""

    def __init__(self, files: Files, proof: Proof, folder: str) -> None:
        self.proof, self.folder = proof, Path(folder)
        self._taken: set[str] = set()
        self.parsed: Parsed = parse(files)
        self.calls = {id(verdict): self._written(verdict) for verdict in proof.verdicts if verdict.example is not None}

    def _written(self, verdict: Verdict) -> tuple[WrittenExample, str]:
        assert verdict.example is not None
        call = written_example(self.proof.walked, verdict.example, f"breaks the promise {verdict.name}: {verdict.why}")
        if not call.text:
            return call, ""
        slug = re.sub(r"\W+", "-", verdict.name).strip("-")[:60]
        path = self._free(slug)
        write_fixture(path, call.text, "Name another --save.")
        return call, str(path)

    def _free(self, slug: str) -> Path:
        """A name not taken in this run; a call of an earlier run is replaced."""
        name = next(n for n in (slug, *(f"{slug}-{k}" for k in range(2, 1000))) if n not in self._taken)
        self._taken.add(name)
        return self.folder / f"{name}.call.yaml"

    def lines(self) -> list[str]:
        """The report."""
        walked, proof = self.proof.walked, self.proof
        edges = sum(map(len, walked.graph.edges))
        count = f"{len(walked.graph.states):,} states, {edges:,} turns between them"
        if not walked.whole:
            return [
                f"{count}, and more to come: nothing is proved.",
                f"What takes the most different forms is {proof.grows}.",
                "Raise --states, or keep that value from growing.",
            ]
        if proof.checked.missing:
            return [f"{count}; but the walk is not sound here, so nothing is proved: {proof.checked.missing}."]
        if proof.undecided:
            return [f"{count}; but a promise could not be decided, so nothing is proved: {proof.undecided}."]
        checked = f"{proof.checked.turns:,} turns of {proof.checked.calls:,} random calls"
        lines = [f"Walked {count}, in {proof.seconds:.1f} s.", f"Looked up {checked}: the walk knew all of them."]
        lines += [line for verdict in proof.verdicts for line in self._verdict(verdict)]
        lines += self._unreached()
        lines += map(str, proof.waived)
        broken = self.broken()
        said = {
            0: f"Every promise holds{' that is not waived' if self.waived() else ''}.",
            1: "1 promise is broken.",
        }.get(broken, f"{broken} promises are broken.")
        return [*lines, f"Not covered: {NOT_COVERED}", said]

    def broken(self) -> int:
        """How many promises are broken."""
        return sum(not verdict.holds for verdict in self.proof.verdicts) + bool(self.proof.unreached)

    def kept(self) -> int:
        """How many promises hold; that every step and exit is reached is one of them."""
        return len(self.proof.verdicts) + (not self._may_be_unreached()) - self.broken()

    def _may_be_unreached(self) -> bool:
        return any(waiver.promise == REACHED for waiver in self.waived())

    def waived(self) -> list[Waiver]:
        """The promises that would be broken and are waived."""
        return [waiver for waiver in self.proof.waived if waiver.broken]

    def broken_lines(self) -> list[str]:
        """The part of the report that is about broken promises."""
        lines = [line for verdict in self.proof.verdicts if not verdict.holds for line in self._verdict(verdict)]
        return lines + (self._unreached() if self.proof.unreached else [])

    def _verdict(self, verdict: Verdict) -> list[str]:
        if verdict.holds:
            return [f"  holds   {verdict.name} ({verdict.seen})"]
        lines = [f"  BROKEN  {verdict.name}: {verdict.why}"]
        if (known := self.calls.get(id(verdict))) is not None:
            call, path = known
            lines += [f"            {line}" for line in call.dialogue]
            lines += [f"          saved as {path}"] if path else []
        return lines

    def _unreached(self) -> list[str]:
        if self._may_be_unreached():
            return []
        if not self.proof.unreached:
            return ["  holds   every step and every exit is reached"]
        lines = ["  BROKEN  every step and every exit is reached:"]
        return lines + [f"          {finding}" for finding in self.findings()]

    def findings(self) -> list[Finding]:
        """What no call ever takes, with its place."""
        return [self._finding(name) for name in self.proof.unreached]

    def _finding(self, name: ExitName) -> Finding:
        source = self.parsed.flows[name.flow].source
        place = source.key_place(("steps", name.step))
        what = f'"{name.step}" is left by "{name.exit}"' if name.exit else f'"{name.step}" is come to'
        message = f"{what} in no call at all."
        return Finding(source.file, place.line, place.column, "never-reached", "error", message)

    def data(self) -> dict[str, Any]:
        """The report as data."""
        proof = self.proof
        return {
            "proved": proof.holds,
            "whole": proof.whole,
            "states": len(proof.walked.graph.states),
            "edges": sum(map(len, proof.walked.graph.edges)),
            "seconds": round(proof.seconds, 2),
            "checked": {"calls": proof.checked.calls, "turns": proof.checked.turns, "missing": proof.checked.missing},
            "grows": proof.grows,
            "undecided": proof.undecided,
            "promises": [self._data(verdict) for verdict in proof.verdicts],
            "never_reached": [
                {"file": f.file, "line": f.line, "flow": n.flow, "step": n.step, "exit": n.exit or None}
                for f, n in zip(self.findings(), proof.unreached, strict=True)
            ],
            "waived": [
                {
                    "promise": w.promise,
                    "flow": w.flow or None,
                    "reason": w.reason,
                    "holds": not w.broken,
                    "why": w.broken,
                }
                for w in proof.waived
            ],
            "not_covered": NOT_COVERED,
        }

    def _data(self, verdict: Verdict) -> dict[str, Any]:
        call, path = self.calls.get(id(verdict), (WrittenExample(), ""))
        return {
            "promise": verdict.name, "holds": verdict.holds, "seen": verdict.seen, "why": verdict.why,
            "call": call.dialogue, "fixture": path or None,
        }  # fmt: skip
