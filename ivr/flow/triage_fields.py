"""`triage:` of hotline.yaml: the rules of the first analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ivr.call.case_kinds import CaseKind
from ivr.call.condition import Condition
from ivr.case.triage import TriageRule
from ivr.steps.fields import CountField, Fields


def _sentences(raw: Any) -> Any:
    """One text for all languages, or one for each."""
    return {"": raw} if isinstance(raw, str) and raw else raw


class TriageFields(Fields):
    """A rule: it fits a case in which the caller says one of the words of `says`, and every condition of `when` holds;
    of the `kinds` given, or of all. It proposes an `urgency`, adds to the `risk` of a dispute (0 to 100), and names a
    `category` and the `next_step` for whoever handles the case."""

    says: list[Annotated[str, Field(min_length=1, max_length=60)]] = []
    when: dict[str, Condition] = {}
    kinds: list[CaseKind] = []
    urgency: Literal["high", "urgent"] | None = None
    risk: Annotated[CountField, Field(ge=0, le=100)] | None = None
    category: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    next_step: Annotated[
        dict[str, Annotated[str, Field(min_length=1, max_length=200)]], BeforeValidator(_sentences)
    ] = {}


def triage_rules(written: Mapping[str, TriageFields]) -> Sequence[TriageRule]:
    """The rules in the order of the file."""
    return [
        TriageRule(
            name=name, says=tuple(fields.says), when=fields.when, kinds=tuple(fields.kinds),
            urgency=fields.urgency or "", risk=fields.risk or 0, category=fields.category or "",
            next_step=fields.next_step,
        )
        for name, fields in written.items()
    ]  # fmt: skip
