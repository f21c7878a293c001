"""Twilio's ids: two letters that say what it is and 32 hex digits, in any case (twilio.com/docs/glossary).

A signature holds over names and values run together in the order of the names, with nothing between them. Whoever has
one signed request can move the borders between its fields and it still holds: a field disappears in its neighbour, or
an id of another field becomes the call's. Such a request names no call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_HEX = "[0-9a-fA-F]{32}"
CALL = re.compile(f"[Cc][Aa]{_HEX}")
RECORDING = re.compile(f"[Rr][Ee]{_HEX}")
ACCOUNT = re.compile(f"[Aa][Cc]{_HEX}")
_ID = re.compile(f"[A-Za-z]{{2}}{_HEX}")
_NAMED_ID = re.compile(f"Sid(?={_ID.pattern})")
_DECIDING = (
    ("AccountSid", re.compile(f"AccountSid{ACCOUNT.pattern}")),
    ("ParentCallSid", re.compile(f"ParentCallSid{CALL.pattern}")),
    ("Direction", re.compile("Direction(?:inbound|outbound)")),
)
"""Fields that decide what a request is about, and what they look like where they have lost their borders."""
_ONE_OF_A_KIND = frozenset({"CallSid", "AccountSid", "ParentCallSid", "RecordingSid", "Direction"})


def is_account(text: str) -> bool:
    """Whether a text is the id of an account."""
    return ACCOUNT.fullmatch(text) is not None


def account_id(fields: Mapping[str, str]) -> str:
    """The account a request is made for, in one spelling; empty where it names none."""
    raw = fields.get("AccountSid", "")
    return raw.lower() if is_account(raw) else ""


def contradicts(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether a field that decides what a request is about comes twice with different values."""
    found = {(name, value) for name, value in pairs if name in _ONE_OF_A_KIND}
    return len(found) != len({name for name, _ in found})


def borders_moved(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the borders between a request's fields are not where its sender had them.

    Run together as for the signature, the fields hold as many ids behind a name as there are fields with an id; and a
    field that is missing is nowhere inside the others. A SIP header may hold the id of another call whole.
    """
    fields = sorted(pairs if len(dict(pairs)) == len(pairs) else set(pairs))
    text = "".join([name + value for name, value in fields])
    named = [value for name, value in fields if name[-3:] == "Sid"]
    ids = len([value for value in named if _ID.fullmatch(value)])
    if ids != len(named) or ids != text.count("Sid"):  # else each "Sid" stands before its own id
        if len(_NAMED_ID.findall(text)) != ids:
            return True
    names = {name for name, _ in fields}
    missing = [look for name, look in _DECIDING if name not in names and name in text]
    if not missing:
        return False
    text = "".join([name + value for name, value in fields if name[:10] != "SipHeader_"])
    return any(look.search(text) for look in missing)
