"""What `ivr publish` asks of exploring: every promise holds for the draft."""

from __future__ import annotations

from ivr.cli.explore import Shown, shown_prove
from ivr.service.releases.publishing import Draft
from ivr.service.releases.release_ports import Check

BROKEN = "broken"
"""The folder for calls that break a promise."""


def proof_check(draft: Draft) -> Check:
    """Walk the draft; a promise that is broken is shown by the shortest call that breaks it."""
    proof = shown_prove(draft.release)
    shown = Shown(draft.files, proof, BROKEN)
    states = f"{len(proof.walked.graph.states):,} states"
    if not proof.whole:
        return Check("explore", False, f"not proved after {states}", shown.lines())
    broken = shown.broken()
    summary = f"{shown.kept()} promises hold in {states}"
    summary += f", {broken} broken" if broken else ""
    summary += f", {len(shown.waived())} waived" if shown.waived() else ""
    return Check("explore", proof.holds, summary, [*shown.broken_lines(), *map(str, proof.waived)])
