"""What may be kept of a case for ever, and what goes when the customer is erased.

A new field of a flow is personal until its name is added to `FACTS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PRIORITIES = ("normal", "high", "urgent")
ASKED_FOR_CALL = "asked_for_call"
"""`yes` where the caller asked to be called about the case, in the call that opened it."""
FACTS = ("product", "subject", "priority", "rating", "resolved", ASKED_FOR_CALL)
"""The fields of flows that hold a word of the flows themselves, such as the value of a choice."""
SAID = frozenset((*FACTS, "outcome"))
"""The facts that what the caller says may change."""
STORY = "story"
"""What the caller told in their own words: typed, spoken, or the name of a recording."""
_WORD = re.compile(r"(?!.*\d{3})[\w-]{1,40}", re.ASCII)


def split(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Fields as facts and personal ones; those without a value are left out. A flow may fill `product` with what was
    said or keyed: only a single short word, which holds no number, is a fact."""
    facts: dict[str, str] = {}
    personal: dict[str, str] = {}
    for name, value in fields.items():
        if value:
            (facts if name in FACTS and _WORD.fullmatch(value) else personal)[name] = value
    return facts, personal


def urgency(priority: str) -> int:
    """For comparing priorities; a word that is none is as normal."""
    return PRIORITIES.index(priority) if priority in PRIORITIES else 0


def of_caller(role: str) -> bool:
    """Whether what is given in this role is what the caller gave. What staff write stays in the log."""
    return role in ("caller", "system")
