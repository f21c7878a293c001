"""Which numbers a hotline may phone: by their kind and country, as Google's libphonenumber knows the numbering plans.

A number somebody keys, or sends as their own, makes the house pay: for premium and shared-cost services, satellites,
personal numbers that forward anywhere, and countries whose operators share the price with the caller (toll fraud).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberType as Kind

from ivr.messages.message import Message

Refusal = Literal["", "no number", "kind", "country", "own"]
"""Why a number is not phoned; empty where it may be."""
E164 = re.compile(r"\+[1-9][0-9]{5,14}")
_BESIDE_DIGITS = re.compile(r"\(0\)|[\s().\-\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
"""What stands between the digits of a number, or is copied with it and not seen."""
COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""ISO codes of the countries whose numbering plans are known."""
_PHONED = frozenset({Kind.FIXED_LINE, Kind.MOBILE, Kind.FIXED_LINE_OR_MOBILE, Kind.TOLL_FREE, Kind.VOIP, Kind.UAN})
_NAMED = {
    Kind.PREMIUM_RATE: "call.number.premium-rate",
    Kind.SHARED_COST: "call.number.shared-cost",
    Kind.PERSONAL_NUMBER: "call.number.personal",
    Kind.PAGER: "call.number.pager",
    Kind.VOICEMAIL: "call.number.voicemail",
}
_LOCAL_PRICE = frozenset({("CN", Kind.SHARED_COST)})
"""400 numbers in China: the one who dials pays a local call, and so most firms are reached (MIIT numbering plan)."""

KEPT_FOR_STORIES = {"CN": "+862155500123", "US": "+12025550123"}
"""Numbers that belong to nobody (ATIS-0300115 for the US; +86 21 5550 is not given out)."""

_ENDINGS = ("123456789", "312345678", "912345678", "5550123", "00000000")


@dataclass(frozen=True, slots=True)
class Phoned:
    """The numbers a hotline may phone: those of its `countries` (ISO codes), but not its `own`."""

    countries: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def refusal(self, number: str) -> Refusal:
        """Why a number in E.164 is not phoned, empty where it may be."""
        return "own" if number in self.own else _judged(number, self.countries)

    def why_not(self, number: str) -> Message | None:
        """The same for people, as the end of a sentence about the number: "is a premium-rate number ..."."""
        phoned = tuple(sorted(self.countries))
        match self.refusal(number):
            case "":
                return None
            case "no number":
                return Message("call.number.none")
            case "kind":
                return Message("call.number.kind", kind=described(number))
            case "country" if phoned:
                return Message("call.number.abroad", country=country_of(number), phoned=phoned)
            case "country":
                return Message("call.number.no-country", country=country_of(number))
            case "own":
                return Message("call.number.own")

    def samples(self) -> list[str]:
        """Numbers that may be phoned, one of each country: of those kept for stories, else the numbering plan's own
        example."""
        found = (KEPT_FOR_STORIES.get(country) or _example(country) for country in sorted(self.countries))
        return [number for number in found if number and self.may_call(number)]

    def like(self, beginning: str) -> str:
        """A number that may be phoned and begins so; empty where none is found."""
        if beginning.startswith("+"):
            for sample in (*self.samples(), *_ENDINGS):
                for cut in range(len(sample) + 1):
                    number = beginning + sample[len(beginning) if sample[0] == "+" else cut :]
                    if self.may_call(number):
                        return number
        return ""

    def may_call(self, number: str) -> bool:
        """Whether a number in E.164 may be phoned."""
        return not self.refusal(number)


@lru_cache(maxsize=10_000)
def _judged(number: str, countries: frozenset[str]) -> Refusal:
    parsed = _parsed(number)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return "no number"
    kind, country = phonenumbers.number_type(parsed), country_of(number)
    if not country or (kind not in _PHONED and (country, kind) not in _LOCAL_PRICE):
        return "kind"
    at_home = any(phonenumbers.is_valid_number_for_region(parsed, each) for each in countries)
    return "" if at_home else "country"


@lru_cache(maxsize=1000)
def is_number(text: str) -> bool:
    """Whether a text is a number in E.164 that some numbering plan has."""
    parsed = _parsed(text)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def country_of(number: str) -> str:
    """The country of a number in E.164; empty where it has none: satellites and other services of the whole world."""
    parsed = _parsed(number)
    country = phonenumbers.region_code_for_number(parsed) if parsed is not None else None
    return country if country in COUNTRIES else ""


def in_groups(number: str) -> str:
    """A number in E.164 as people write it, "+86 21 5550 0124"; any other text as it is."""
    parsed = _parsed(number)
    if parsed is None:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def as_written(text: str) -> str:
    """A number as people write it, "+86 (21) 5550-0124", in E.164; empty where it is none with + and its country."""
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join(_BESIDE_DIGITS.split(plain))
    if not E164.fullmatch(bare):
        return ""
    parsed = _parsed(bare)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if parsed else bare


def described(number: str) -> Message:
    """What a number is that is not phoned for its kind: "a premium-rate number"."""
    parsed = _parsed(number)
    kind = phonenumbers.number_type(parsed) if parsed is not None else Kind.UNKNOWN
    if not country_of(number):
        return Message("call.number.worldwide")
    return Message(_NAMED.get(kind, "call.number.unknown"))


def _example(country: str) -> str:
    example = phonenumbers.example_number(country)
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164) if example else ""


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    if not E164.fullmatch(number):
        return None
    try:
        return phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
