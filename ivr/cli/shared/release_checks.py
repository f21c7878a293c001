"""What `ivr publish` asks of the other tools about a draft: proof, fixtures, and last week's calls.

Lint is no part of this list: publishing itself always asks it, and nothing overrides it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from ivr.cli.shared.fixture_check import fixture_check
from ivr.cli.shared.impact_run import impact_summary
from ivr.cli.shared.moments import since
from ivr.cli.shared.proof_report import BROKEN, ProofReport, shown_prove
from ivr.config import Settings
from ivr.errors import InvalidArgument
from ivr.service.releases.publishing import Draft, DraftCheck
from ivr.service.releases.release_ports import Check

LAST_WEEK = "7d"


def release_checks(settings: Settings, fixtures: str | None, language: str = "") -> list[DraftCheck]:
    """The checks that may be forced, in the order they run; calls they show are in `language`, where that is given.

    `InvalidArgument` where the folder `fixtures` has none.
    """
    return [partial(_proof, language), fixture_check(fixtures, settings), _impact(settings)]


def _proof(language: str, draft: Draft) -> Check:
    """Every promise holds; one that is broken is shown by the shortest call that breaks it."""
    if language and language not in draft.release.languages:
        spoken = ", ".join(draft.release.languages)
        raise InvalidArgument(f'there is no language "{language}"; there are {spoken}.')
    proof = shown_prove(draft.files, draft.release)
    report = ProofReport(draft.files, proof, BROKEN, language=language)
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


def _impact(settings: Settings) -> DraftCheck:
    """Replays the calls of the last seven days against the draft and reports how many it diverts. It always passes:
    diverted calls may be what the edit is for."""

    def check(draft: Draft) -> Check:
        lines = impact_summary(settings, draft.files, since(LAST_WEEK, datetime.now(UTC)))
        if not lines:
            return Check("impact", True, "no calls of the last 7 days are on record", skipped=True)
        return Check("impact", True, lines[0], lines[1:])

    return check
