"""Conditions on phone numbers. A number is kept with `+` and the country code, whatever the caller keyed."""

from __future__ import annotations

import re

import phonenumbers

from ivr.call.facts import DIALLED, fact_of
from ivr.errors import Problem
from ivr.messages.message import Message

_KEPT = re.compile(r"\+[1-9][0-9]{5,14}")
_KEPT_BEGINNING = re.compile(r"\+(?:[1-9][0-9]{0,14})?")
_DIGITS = re.compile(r"[+0-9\s().-]*")


def is_phone_fact(name: str) -> bool:
    """Whether a fact is a phone number: `call.to`, `caller.phone`."""
    fact = fact_of(name)
    return fact is not None and fact.type == "phone"


def phone_problem(name: str, word: str, beginning: bool, country: str) -> Problem | None:
    """What is wrong with a number (or the `beginning` of one) that a condition compares a phone number with."""
    address = name == DIALLED and not _DIGITS.fullmatch(word)  # a line may have a SIP address in place of a number
    if address or (_KEPT_BEGINNING if beginning else _KEPT).fullmatch(word):
        return None
    code = "lint.never-holds.beginning" if beginning else "lint.never-holds.number"
    likely = _beginning_meant(word, country) if beginning else _number_meant(word, country)
    hint = Message("lint.never-holds.form-hint")
    if likely:
        hint = Message("lint.never-holds.number-hint", number=likely)
    return Problem("never-holds", Message(code, name=name, word=word), hint, "warning")


def _number_meant(word: str, country: str) -> str:
    """The number as it is kept, as far as it can be read in the hotline's country."""
    digits = re.sub(r"[\s().-]", "", word)
    try:
        number = phonenumbers.parse(f"+{digits[2:]}" if digits.startswith("00") else digits, country or None)
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else ""


def _beginning_meant(word: str, country: str) -> str:
    """The beginning with the country's code in front, without the 0 that is dialled inside the country."""
    digits = re.sub(r"[\s().-]", "", word)
    if not re.fullmatch(r"[0-9]{1,14}", digits):
        return ""
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    home = phonenumbers.country_code_for_region(country) if country else 0
    return f"+{home}{digits.removeprefix('0')}" if home else ""
