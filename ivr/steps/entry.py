"""Entries: what a caller keyed or spoke, judged against the type a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import phonenumbers

from ivr.call.case_number import case_number, parse_case_number
from ivr.call.inputs import LONGEST_ENTRY, Digits, Input, Speech
from ivr.call.phone import Phoned
from ivr.speech.entries import Circumstances, entry_said
from ivr.speech.entry_samples import spoken_form

EntryType = Literal["digits", "number", "phone", "date", "money", "case_number", "text"]
ENTRY_TYPES: tuple[EntryType, ...] = get_args(EntryType)
SPOKEN_AS = {"digits": "digits", "number": "number", "phone": "phone", "date": "weekday", "money": "money",
             "case_number": "digits", "text": ""}  # fmt: skip
LENGTHS = {"digits": (1, LONGEST_ENTRY), "number": (1, 9), "phone": (5, 20), "date": (8, 8), "money": (1, 9),
           "case_number": (9, 20), "text": (1, 640)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a question takes as an entry: its type, how long it may be, and the value it is saved as ("" for none).

    `country` is where a phone number without a country code belongs, `phoned` which numbers may be phoned. Of a
    `sensitive` entry only its length and whether it fits are kept. `range`: the least and the greatest number taken,
    None where all are. `ahead`: a date said without its year is one to come.
    """

    type: str
    lengths: tuple[int, int]
    country: str
    phoned: Phoned = Phoned()
    save: str = ""
    sensitive: bool = False
    range: tuple[int, int] | None = None
    ahead: bool = False

    def raw(self, given: Input, confidence: float, language: str, today: date | None = None) -> str:
        """What a caller keyed or said, before it is judged; "" for speech the recogniser is not sure of, or that says
        no such entry. Days are reckoned from the day the call began; without it only whole dates are understood."""
        match given:
            case Digits(keys=keys):
                return keyed(keys)
            case Speech(text=text, confidence=sure):
                return self.said(text, language, today) if sure is None or sure >= confidence else ""
        return ""

    def said(self, text: str, language: str, today: date | None = None) -> str:
        """What an utterance says, as it could be keyed; "" where that is no such entry."""
        return said(text, self.type, Circumstances(language, self.country, today, self.ahead, self.lengths))

    def spoken(self, keys: str, language: str) -> str:
        """How a caller may say what could be keyed, so that it is understood; "" where no such form is known."""
        form = spoken_form(keys, self.type, language)
        return form if form and self.judge(self.said(form, language)) == self.judge(keys) else ""

    def judge(self, raw: str) -> str | None:
        """The value it means, None where it is none, out of range, or a number that may not be phoned: see `judge`."""
        value = judge(raw, self.type, self.lengths, self.country)
        if value is not None and self.range is not None and not self.range[0] <= int(value) <= self.range[1]:
            return None
        return value if value is None or self.type != "phone" or self.phoned.may_call(value) else None

    def not_phoned(self, raw: str) -> bool:
        """Whether it is a whole number, but one that may not be phoned."""
        if self.type != "phone":
            return False
        value = judge(raw, self.type, self.lengths, self.country)
        return value is not None and not self.phoned.may_call(value)

    def samples(self, wanted: Sequence[str] = ()) -> Iterator[str]:
        """Entries to try: see `samples`."""
        yield from samples(self.type, self.lengths, self.country, [*wanted, *map(str, self.range or ())])
        if self.type == "phone":
            yield from (f"00{number[1:]}" for number in self.phoned.samples())

    def unfit(self) -> Iterator[str]:
        """Keys that are no entry: too few or too many, no such day, no number or one not phoned, a pound before."""
        low, high = self.lengths
        beyond = [str(self.range[1] + 1), str(max(0, self.range[0] - 1))] if self.range else []
        for keys in dict.fromkeys([*beyond, "1", "9" * (low - 1), "9" * low, "9" * high, "9" * (high + 1), "#1"]):
            if keys and self.judge(keyed(keys)) is None:
                yield keys
        yield from filter(self.not_phoned, NOT_PHONED if self.type == "phone" else ())


NOT_PHONED = ("0019005550123", "01119005550123", "00881612345678")
"""A premium-rate number and a satellite's, as they are keyed in most countries and in those that dial 011."""
_AMOUNT = re.compile(r"([0-9]+)(?:\.[0-9]{2})?")


def keyed(keys: str) -> str:
    """An entry as keyed: star clears what was keyed before it."""
    return keys.rsplit("*", 1)[-1].rstrip("#")


def said(text: str, type_: str, circumstances: Circumstances) -> str:
    """An entry as spoken: the utterance itself for text, else as it could be keyed, an amount with its decimals and a
    number from abroad with its "+"."""
    return " ".join(text.split())[:640] if type_ == "text" else entry_said(text, type_, circumstances)


def judge(entry: str, type_: str, lengths: tuple[int, int], country: str) -> str | None:
    """The value an entry means, in the form it is kept in (E.164, ISO date, plain number); None: no such thing."""
    low, high = lengths
    amount = _AMOUNT.fullmatch(entry) if type_ == "money" else None
    if not low <= len(amount[1] if amount else entry) <= high:
        return None
    if type_ == "text":
        return entry
    if amount:
        return f"{int(amount[1])}{entry[amount.end(1) :]}"
    if not re.fullmatch(r"\+?[0-9]+" if type_ == "phone" else "[0-9]+", entry):
        return None
    match type_:
        case "digits":
            return entry
        case "number":
            return str(int(entry))
        case "phone":
            return _phone(entry, country)
        case "date":
            return _date(entry)
        case "case_number":
            number = parse_case_number(entry)
            return str(number) if number is not None else None
    return None


def _phone(entry: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(entry, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):  # a local number without its area code cannot be phoned back
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _date(entry: str) -> str | None:
    try:
        return date(int(entry[:4]), int(entry[4:6]), int(entry[6:8])).isoformat()
    except ValueError:
        return None


def samples(type_: str, lengths: tuple[int, int], country: str, wanted: Sequence[str] = ()) -> Iterator[str]:
    """Entries to try at a question of a type: what is wanted as far as keys can give it, then others of the type.

    Not all are entries of it: `judge` says which.
    """
    for value in wanted:
        yield from _filled(value, type_, lengths, country)
    match type_:
        case "phone":
            yield from _sample_phones(country)
        case "date":
            yield from ("20260302", "19600302")
        case "case_number":
            yield str(case_number(1, "complaint"))
        case "text":
            yield "something else".ljust(lengths[0], "x")[: lengths[1]]
            yield "1" * lengths[0]
        case _:
            yield "7" * max(lengths[0], min(3, lengths[1]))
            yield "1" + "0" * (lengths[1] - 1)


def _filled(value: str, type_: str, lengths: tuple[int, int], country: str) -> Iterator[str]:
    """A value that conditions ask for, or one that begins with it, as it could be entered."""
    yield value
    match type_:
        case "phone" if value.startswith("+"):
            for more in ("123456789", "312345678", "912345678", "2345678", "0000000", "5550123"):
                for cut in range(len(more) + 1):
                    yield f"00{value[1:]}{more[:cut]}"
                    yield from _national(f"{value}{more[:cut]}", country)
        case "date":
            yield (value + "2000-01-01"[len(value) :]).replace("-", "")
        case "text":
            yield value.ljust(lengths[0], "x")[: lengths[1]]
        case _ if value.isdigit():
            for length in lengths:
                yield from (value.ljust(length, "0"), value.ljust(length, "9"), value.zfill(length))


def _national(number: str, country: str) -> Iterator[str]:
    """A number in international form as it is keyed in its own country."""
    with suppress(phonenumbers.NumberParseException):
        parsed = phonenumbers.parse(number, None)
        if phonenumbers.region_code_for_number(parsed) == country:
            national = phonenumbers.national_significant_number(parsed)
            yield from (national, f"0{national}")


def _sample_phones(country: str) -> Iterator[str]:
    """Example numbers of the numbering plan itself: one of the country, one from abroad."""
    for region in (country or "US", "US" if country != "US" else "GB"):
        if (number := phonenumbers.example_number(region)) is not None:
            national = phonenumbers.national_significant_number(number)
            abroad = f"{number.country_code}{national}"
            yield from (national, f"0{national}", f"00{abroad}", f"011{abroad}")
