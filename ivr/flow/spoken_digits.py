"""Digits read one by one: case numbers in threes and fours, telephone numbers in the groups of their country."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import phonenumbers
from phonenumbers import PhoneNumberFormat

from ivr.flow import spoken_chinese
from ivr.flow.spoken_language import SpokenLanguage

_LONGEST_GROUP = 4


def grouped(digits: str) -> list[str]:
    """Digits in groups of three or four, as people read numbers out."""
    if len(digits) % 4 == 0 and len(digits) > 4:
        sizes = [4] * (len(digits) // 4)
    else:
        sizes = [3] * (len(digits) // 3)
        rest = len(digits) % 3
        if rest and sizes:
            for n in range(rest):
                sizes[-1 - n % len(sizes)] += 1
        elif rest:
            sizes = [rest]
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    return groups


def spoken_digits(value: str, language: SpokenLanguage) -> str:
    """A row of digits; anything between them is left out."""
    return language.pause.join(_read(group, language, {}) for group in grouped(_digits(value)))


def spoken_phone(value: str, language: SpokenLanguage) -> str:
    """A telephone number as it is dialled and grouped in its own country; one from abroad with its country code.

    Groups are those of libphonenumber's national format; a longer one than four digits is read in several.
    """
    code, groups = _groups(value, language.country)
    said = [_read(group, language, language.phone_digits) for group in groups]
    return language.pause.join([_abroad(code, language), *said] if code else said)


def _groups(value: str, country: str) -> tuple[str, Sequence[str]]:
    """The country code of a number from abroad, else nothing; the groups of its digits."""
    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return "", grouped(_digits(value))
    home = bool(country) and number.country_code == phonenumbers.country_code_for_region(country)
    form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    written = phonenumbers.format_number(number, form)
    written = written if home else written.partition(" ")[2]
    found = re.findall("[0-9]+", written) or [_digits(value)]
    groups = [part for group in found for part in ([group] if len(group) <= _LONGEST_GROUP else grouped(group))]
    return "" if home else str(number.country_code), groups


def _abroad(code: str, language: SpokenLanguage) -> str:
    if language.chinese:
        return language.script("国际区号") + _read(code, language, language.phone_digits)
    return f"plus {' '.join(code)}" if language.english else f"+{code}"


def _read(digits: str, language: SpokenLanguage, other: Mapping[str, str]) -> str:
    if language.chinese:
        return "".join(other.get(digit) or spoken_chinese.DIGITS[int(digit)] for digit in digits)
    return " ".join(other.get(digit, digit) for digit in digits)


def _digits(value: str) -> str:
    return "".join(c for c in value if c in "0123456789")
