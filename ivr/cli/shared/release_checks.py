"""What `ivr publish` and `ivr diff` ask of the other tools about a draft: proof, fixtures, and last week's calls.

Lint is no part of this list: publishing itself always asks it, and nothing overrides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ivr.cli.shared.impact_run import impact_summary
from ivr.cli.shared.moments import since
from ivr.cli.shared.proof_report import BROKEN, ProofReport, shown_prove
from ivr.cli.shared.revision import Revision
from ivr.config import Settings
from ivr.errors import InvalidArgument, IvrError
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.fixture_files import FIXTURES, fixture_files, is_about
from ivr.replay.outcome_changes import OutcomeChange, outcome_change
from ivr.service.releases.publishing import Draft, DraftCheck
from ivr.service.releases.release_ports import Check

LAST_WEEK = "7d"


def release_checks(settings: Settings, fixtures: str | None) -> list[DraftCheck]:
    """The checks that may be forced, in the order they run. `InvalidArgument` where the folder `fixtures` has none."""
    return [_proof, _fixtures(fixtures, settings.flows), _impact(settings)]


def outcome_changes(before: Revision, after: Revision, fixtures: Sequence[Fixture]) -> list[OutcomeChange]:
    """The fixtures that have another result after an edit."""
    old, new = compile_release(before.parsed), compile_release(after.parsed)
    changes = (outcome_change(fixture, old, new) for fixture in fixtures)
    return [change for change in changes if change is not None]


def fixtures_to_compare(folder: str | None) -> list[Fixture]:
    """The fixtures of a folder; of the usual one, where none is named, if it is there. Those with flows of their own
    are left out. `InvalidArgument` where a named folder holds none, or one cannot be read."""
    found = []
    for file in _files(folder):
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            raise InvalidArgument(str(findings[0]))
        if not fixture.fields.flows:
            found.append(fixture)
    return found


def _files(folder: str | None) -> list[Path]:
    files = fixture_files(Path(folder or FIXTURES))
    if folder and not files:
        raise InvalidArgument(f'there is no fixture (*.call.yaml) in "{folder}".')
    return files


def _proof(draft: Draft) -> Check:
    """Every promise holds; one that is broken is shown by the shortest call that breaks it."""
    proof = shown_prove(draft.files, draft.release)
    report = ProofReport(draft.files, proof, BROKEN)
    states = f"{proof.states:,} states"
    if not proof.complete:
        return Check("explore", False, f"not proved after {states}", report.lines())
    broken = report.broken()
    summary = f"{report.kept()} promises hold in {states}"
    summary += f", {broken} broken" if broken else ""
    summary += f", {len(report.waived())} waived" if report.waived() else ""
    if proof.walked is None:
        summary += "; only words changed since they were proved"
    return Check("explore", proof.holds, summary, [*report.broken_lines(), *map(str, proof.waived)])


def _fixtures(folder: str | None, flows: str) -> DraftCheck:
    """Plays the fixtures of a folder through the engine; one about other flows is left out."""
    files = _files(folder)

    def check(draft: Draft) -> Check:
        results = [_failure(file, draft.release, flows) for file in files]
        played = [result for result in results if result is not None]
        failures = [result for result in played if result]
        elsewhere = len(results) - len(played)
        others = f", {elsewhere} for other flows left out" if elsewhere else ""
        if not played:
            named = folder or FIXTURES
            none = f"all {elsewhere} in {named} are about other flows" if elsewhere else f"no *.call.yaml in {named}"
            return Check("fixtures", True, none, skipped=True)
        if failures:
            return Check("fixtures", False, f"{len(failures)} of {len(played)} failed{others}", failures)
        return Check("fixtures", True, f"{len(played)} passed{others}")

    return check


def _failure(file: Path, release: Release, flows: str) -> str | None:
    """Why a fixture failed, empty where it passed, None where it is about other flows."""
    try:
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            return "\n  ".join(map(str, findings))
        return run_engine(fixture, release)[0].failure if is_about(fixture, flows) else None
    except OSError as failed:
        return f"{file} cannot be read: {failed.strerror}."
    except IvrError as failed:
        return str(failed)


def _impact(settings: Settings) -> DraftCheck:
    """Replays the calls of the last seven days against the draft and reports how many it diverts. It always passes:
    diverted calls may be what the edit is for."""

    def check(draft: Draft) -> Check:
        lines = impact_summary(settings, draft.files, since(LAST_WEEK, datetime.now(UTC)))
        if not lines:
            return Check("impact", True, "no calls of the last 7 days are on record", skipped=True)
        return Check("impact", True, lines[0], lines[1:])

    return check
