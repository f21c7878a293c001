"""The layer chosen for `ivr graph`: what is drawn, and what is laid over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import click

from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.coverage_run import CoverageRun, fixtures_at
from ivr.cli.shared.graph_changes import Edit
from ivr.cli.shared.graph_marks import gap_marks, lint_marks, ways_marks
from ivr.cli.shared.moments import since
from ivr.cli.shared.revision import folder_revision, live_revision, revision
from ivr.cli.shared.traffic_run import traffic
from ivr.drawing.graph import Graph
from ivr.drawing.marks import NO_MARKS, Marks
from ivr.errors import InvalidArgument
from ivr.flow.parse import parse
from ivr.flow.release import Files, read_files
from ivr.lint.findings import findings_of
from ivr.messages.message import Message
from ivr.replay.fixture_files import FIXTURES
from ivr.service.ports import CallFilter

Command = TypeVar("Command", bound=Callable[..., None])
TAKES = {"--diff": 2, "--coverage": None}
"""How many words the layers take that take any; None: any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerOptions:
    """The options of `ivr graph` that choose a layer; `words` are the releases or fixtures it is about."""

    words: tuple[str, ...] = ()
    diff: bool = False
    findings: bool = False
    coverage: bool = False
    traffic: str = ""
    simulated: bool = False

    def chosen(self) -> str:
        """The option of the layer, empty where none is chosen. `InvalidArgument` for two, and for words too many."""
        wanted = {
            "--diff": self.diff,
            "--findings": self.findings,
            "--coverage": self.coverage,
            "--traffic": self.traffic,
        }
        names = [name for name, on in wanted.items() if on]
        if len(names) > 1:
            raise InvalidArgument(Message("graph-layer.one", options=tuple(names)))
        name = names[0] if names else ""
        most = TAKES.get(name, 0)
        if most is not None and len(self.words) > most:
            raise InvalidArgument(Message("graph-layer.word", word=self.words[most]))
        if self.simulated and name != "--traffic":
            raise InvalidArgument(Message("graph-layer.simulated"))
        return name


@dataclass(frozen=True, slots=True)
class Layer:
    """The files that are drawn, and the marks of a picture."""

    files: Files
    marks: Callable[[Graph], Marks]


def layer(options: LayerOptions, flows: str) -> Layer:
    """The layer over the flows in a folder."""
    match options.chosen():
        case "--diff":
            return _difference(options.words, flows)
        case "--findings":
            return _findings(read_files(flows))
        case "--coverage":
            return _coverage(options.words or (FIXTURES,), flows)
        case "--traffic":
            return _traffic(options, read_files(flows))
    return Layer(read_files(flows), lambda graph: NO_MARKS)


def _difference(words: tuple[str, ...], flows: str) -> Layer:
    settings = local_settings()
    before = revision(words[0], settings, sound=False) if words else live_revision(settings)
    after = revision(words[1], settings, sound=False) if len(words) > 1 else folder_revision(flows, sound=False)
    return Layer(after.files, Edit(before, after).marks)


def _findings(files: Files) -> Layer:
    parsed, findings = parse(files, as_meant=True), findings_of(files, today=datetime.now(UTC).date())
    return Layer(files, lambda graph: lint_marks(parsed, findings, graph))


def _coverage(paths: tuple[str, ...], flows: str) -> Layer:
    files = read_files(flows)
    run = CoverageRun.of(files, [fixture for path in paths for fixture in fixtures_at(path, flows)])
    return Layer(files, lambda graph: gap_marks(run.coverage, graph))


def _traffic(options: LayerOptions, files: Files) -> Layer:
    begun = since(options.traffic, datetime.now(UTC), "--traffic")
    found = traffic(local_settings(), CallFilter(since=begun, simulated=options.simulated))
    return Layer(files, lambda graph: ways_marks(found, begun[:10], graph))


def layer_options(command: Command) -> Command:
    """The options that choose a layer."""
    for option in reversed(
        (
            click.argument("words", nargs=-1, metavar="[A B | TESTS...]"),
            click.option("--diff", is_flag=True, help="Mark what changed from A (the live release) to B (the flows)."),
            click.option("--findings", is_flag=True, help="Mark what `ivr lint` finds."),
            click.option("--coverage", is_flag=True, help="Mark what the fixtures in TESTS (tests) do not walk."),
            click.option(
                "--traffic", default="", metavar="SINCE", help="Count calls on record since: 30d, 12h, a time."
            ),
            click.option("--simulated", is_flag=True, help="With --traffic: the calls of `ivr call` too."),
        )
    ):
        command = option(command)
    return command
