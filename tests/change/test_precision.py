"""Impact's groups against edits planted in the shipped flows, the truth known without a replay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from invented_calls import Taken, invented
from planted import FIVE, OTHERS, PAIRS, Edit, truths

from ivr.change.impact.compare_calls import BatchComparison
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.flow.release import body_of
from ivr.lint.findings import findings_of
from ivr.service.ports import RecordedCall

FLOWS = {path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "flows").glob("*.yaml")}
FLOOR = 0.95
Calls = list[tuple[RecordedCall, list[Taken]]]


@pytest.fixture(scope="module")
def calls() -> Calls:
    return list(invented(compile_release(parse(FLOWS)), range(1, 1001)))


SETS = [FIVE, *((edit,) for edit in OTHERS), *PAIRS]


@pytest.mark.parametrize("edits", SETS, ids=lambda edits: " + ".join(edit.name for edit in edits))
def test_each_edit_is_found_and_only_its_calls(edits: Sequence[Edit], calls: Calls) -> None:
    draft = dict(FLOWS)
    for edit in edits:
        draft = edit.applied(draft)
    assert [finding for finding in findings_of(draft) if finding.severity == "error"] == []
    comparison = BatchComparison(lambda release: body_of(FLOWS), draft)
    said: dict[str, set[str]] = {edit.name: set() for edit in edits}
    true: dict[str, set[str]] = {edit.name: set() for edit in edits}

    for call, taken in calls:
        for one in comparison.impact(call).effects:
            for edit in edits:
                if edit.blamed(one.effect):
                    said[edit.name].add(call.call)
        for name in truths(edits, {edit.name: edit.hit(taken) for edit in edits}):
            true[name].add(call.call)

    for edit in edits:
        found, truth = said[edit.name], true[edit.name]
        assert len(truth) >= 10, f"{edit.name}: too few calls meet it"
        assert len(found & truth) >= FLOOR * len(found), f"{edit.name}: wrongly {sorted(found - truth)[:3]}"
        assert len(found & truth) >= FLOOR * len(truth), f"{edit.name}: not {sorted(truth - found)[:3]}"


def test_no_edit_diverts_nobody(calls: Calls) -> None:
    comparison = BatchComparison(lambda release: body_of(FLOWS), FLOWS)

    totals = comparison.totals(call for call, _ in calls)

    assert dict(totals.outcomes) == {"same": len(calls)} and totals.groups == {}
