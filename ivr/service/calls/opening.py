"""What a call begins from: given by the request that is its first, and nothing else in the process decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from ivr.flow.model import Direction


class CallDetails(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a request says of the call it is about.

    `customer` is the number at the other end in E.164, empty where it is withheld or none; `address` what the provider
    sent in place of one, such as a SIP address; `line` our own number. `attempt` is the dialling its URL names.
    """

    call: str
    customer: str
    line: str
    address: str | None = None
    direction: Direction = "incoming"
    attempt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a call begins from. Empty: the release new calls get, the flow of the number dialled, its first language.

    `facts` named here count in every turn of the call, all others are looked up. `simulated` calls are left out of
    figures and of the customer's history. `attempt` is the dialling it came of, where we have placed it.
    """

    direction: Direction = "incoming"
    release: str = ""
    entry: str = ""
    language: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    attempt: str = ""


def by_number_dialled(details: CallDetails) -> Opening | None:
    """The opening of a customer's call. None for a call that somebody else has dialled: nothing explains it, so it has
    no flow to begin in, least of all the one for callers."""
    return Opening() if details.direction == "incoming" else None
