"""What `ivr publish` asks of the other tools about a draft: proof, fixtures, and last week's calls.

Lint is no part of this list: publishing itself always asks it, and nothing overrides it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from ivr.cli.shared.example_language import example_language
from ivr.cli.shared.fixture_check import fixture_check
from ivr.cli.shared.impact_run import impact_summary
from ivr.cli.shared.moments import since
from ivr.cli.shared.proof_report import BROKEN, ProofReport, shown_prove
from ivr.config import Settings
from ivr.messages.message import Message
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
    proof = shown_prove(draft.files, draft.release)
    report = ProofReport(draft.files, proof, BROKEN, language=example_language(language, draft.release))
    if not proof.complete:
        return Check("explore", False, Message("publish.not-proved", states=proof.states), report.lines())
    broken, waived = report.broken(), len(report.waived())
    parts = [Message("publish.hold", n=report.kept(), states=proof.states)]
    if broken:
        parts.append(Message("publish.broken", n=broken))
    if waived:
        parts.append(Message("publish.waived", n=waived))
    summary = Message("publish.promises", parts=tuple(parts))
    if proof.walked is None:
        summary = Message("publish.only-words", summary=summary)
    return Check(
        "explore", proof.holds, summary, [*report.broken_lines(), *(waiver.sentence() for waiver in proof.waived)]
    )


def _impact(settings: Settings) -> DraftCheck:
    """Replays the calls of the last seven days against the draft and reports how many it diverts. It always passes:
    diverted calls may be what the edit is for."""

    def check(draft: Draft) -> Check:
        lines = impact_summary(settings, draft.files, since(LAST_WEEK, datetime.now(UTC)))
        if not lines:
            return Check("impact", True, Message("publish.no-calls", days=7), skipped=True)
        return Check("impact", True, lines[0], lines[1:])

    return check
