"""Entries as callers say them, refusing rather than guessing: exactly one number, amount, day or string of digits in an
utterance, and beside it only words that say nothing. A function of the text, its language, the hotline's country and
the day the call began."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ivr.speech.countries import date_order
from ivr.speech.entry_amounts import money_said, number_said
from ivr.speech.entry_dates import date_said, may_be_reckoned
from ivr.speech.entry_digits import digit_string
from ivr.speech.entry_lexicons import lexicon_for
from ivr.speech.entry_tokens import Lexicon, Token
from ivr.speech.reckoning import Reckoning
from ivr.speech.said_twice import Lengths, parts_of, the_same


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an entry is understood by beside its words: the language of the call, the country whose money and dates
    are meant (empty: not known), the day the call began (None: not known), whether a day without a year is `ahead` of
    it, and the `lengths` an entry may have, in digits (None: not known)."""

    language: str
    country: str = ""
    today: date | None = None
    ahead: bool = False
    lengths: Lengths | None = None


def entry_said(text: str, type_: str, circumstances: Circumstances) -> str:
    """The entry of a type (`digits phone case_number number money date`) as it could be keyed, an amount with two
    decimals where it has any, a number from abroad with a "+"; empty where the utterance is none."""
    lexicon = lexicon_for(circumstances.language, type_, circumstances.country if type_ == "money" else "")
    match type_:
        case "number":
            return _once_or_twice(text, lexicon, number_said)
        case "money":
            return _once_or_twice(text, lexicon, money_said)
        case "date":
            order = date_order(circumstances.country, circumstances.language)
            reckoning = Reckoning(circumstances.today, circumstances.ahead, order)
            return _once_or_twice(text, lexicon, lambda tokens, _: date_said(tokens, reckoning))
        case _:
            return digit_string(text, lexicon, type_, circumstances.lengths)


def _once_or_twice(text: str, lexicon: Lexicon, read: Callable[[Sequence[Token], Lexicon], str]) -> str:
    """What an utterance says as a whole, or in each of its parts."""
    tokens = lexicon.tokens(text)
    return read(tokens, lexicon) or the_same(tokens, lambda part: read(part, lexicon))


def says_a_day(text: str, language: str) -> bool:
    """Whether an utterance has the form of a day, which one may depend on the day the call began."""
    tokens = lexicon_for(language, "date", "").tokens(text)
    return any(map(may_be_reckoned, (tokens, *parts_of(tokens))))
