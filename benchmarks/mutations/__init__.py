"""Mistakes an author could make, planted in copies of flows: each operator at every place it fits.

Files are read as data, changed, and written again, so that lint sees a file and not an object.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from mutations import conditions, exits, failures, hotline, whole_steps, words
from mutations.data import Data, Edit, Flows, Operator, dump, load

__all__ = ["Data", "Flows", "Planted", "dump", "load", "planted"]
Planted = tuple[str, str, Flows]
"""Operator, place, the flows with the mistake."""
STEP_OPERATORS: dict[str, Operator] = {
    **exits.OPERATORS,
    **failures.OPERATORS,
    **conditions.OPERATORS,
    **whole_steps.OPERATORS,
    **words.OPERATORS,
}


def planted(flows: Flows) -> Iterator[Planted]:
    """Every mistake of every operator."""
    for name, data in flows.items():
        for step, fields in data.get("steps", {}).items():
            for operator, change in STEP_OPERATORS.items():
                for what, edit in change(name, step, fields, data):
                    yield operator, f"{data['flow']}.{step} {what}".strip(), _with(flows, edit)
        for operator, edit in hotline.flow_edits(name, data):
            yield operator, data["flow"], _with(flows, edit)
    for operator, what, edit in hotline.hotline_edits(flows):
        yield operator, what, _with(flows, edit)


def _with(flows: Flows, edit: Edit) -> Flows:
    changed = copy.deepcopy(flows)
    edit(changed)
    return changed
