"""Who is at both ends of a call, from Twilio's parameters: numbers, SIP and tel addresses, and which way it goes."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from ivr.flow.model import Direction
from ivr.twilio.request import FormFields, call_id, plain

WITHHELD = {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464"}
"""How "anonymous", "restricted", "blocked", "unknown", "unavailable" look on a keypad."""
_E164 = re.compile(r"\+[1-9][0-9]{5,14}")
_ADDRESS = re.compile(r"(?:sips?|tel|client):(.*)", re.IGNORECASE | re.DOTALL)
_SEPARATORS = str.maketrans("", "", "-.() ")
"""What may stand between the digits of an address that people read (RFC 3966)."""


class Parties(NamedTuple):
    """The two ends. `customer` is E.164, or empty where it is withheld or no number; `address` what came in its place;
    `line` our own number, or whatever came where it is none."""

    customer: str
    address: str | None
    line: str
    direction: Direction


def parties_of(fields: FormFields) -> Parties:
    """The ends of the call a request is about. A child leg, which our own documents dialled, goes out as well."""
    outgoing = fields.get("Direction", "")[:8] == "outbound" or is_child_leg(fields)
    theirs, ours = ("To", "From") if outgoing else ("From", "To")
    raw, line = plain(fields.get(theirs, "")), plain(fields.get(ours, ""))
    customer = number_of(raw)
    address = None if raw == customer else raw
    return Parties(customer, address, number_of(line) or line, "outgoing" if outgoing else "incoming")


def is_child_leg(fields: FormFields) -> bool:
    """Whether a request is about a leg of another call, such as the one to the desk."""
    parent = fields.get("ParentCallSid", "")
    return bool(parent) and parent != call_id(fields)


def number_of(raw: str) -> str:
    """The number in E.164 that an address names, or an empty string where it is withheld or names none.

    A number alone must be E.164 as it is. The user part of a SIP, tel or client address may be written for people, and
    may have 00 in place of the plus; one without a country, such as an extension, is no number.
    """
    number = raw.strip()
    if _E164.fullmatch(number):  # nearly all
        return "" if number in WITHHELD else number
    if "<" in number:  # a name in front of the address
        number = number.partition("<")[2].partition(">")[0].strip()
    if address := _ADDRESS.fullmatch(number):
        user = re.split("[@;?]", address[1], maxsplit=1)[0]
        number = unquote(user).partition(";")[0].partition(":")[0].translate(_SEPARATORS)
        number = f"+{number[2:]}" if number.startswith("00") else number
    return number if _E164.fullmatch(number) and number not in WITHHELD else ""
