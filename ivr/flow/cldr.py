"""CLDR's data of a language, by Babel: asked when flows are compiled or published, or a list of people is read; never
while a call is taken."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ivr.flow.language_forms import CATEGORIES, UNKNOWN, LanguageForms

if TYPE_CHECKING:
    from babel import Locale

_KNOWN_AS = {"cmn": "zh", "wuu": "zh", "nan": "zh"}
"""Languages whose values are written as those of another, which CLDR has."""


@lru_cache(maxsize=256)
def forms_of(language: str, country: str) -> LanguageForms:
    """The forms of a language by its tag; `country` is the one whose money is spoken of, empty for none.

    A language that CLDR does not know gets numbers in the order day, month, year: never a name of another language.
    """
    locale = _locale(language)
    if locale is None:
        return UNKNOWN
    data: Any = locale._data
    currency = _currency(country)
    forms = LanguageForms(
        months=[_plain(locale.months["format"]["wide"][n]) for n in range(1, 13)],
        weekdays=[_plain(locale.days["stand-alone"]["wide"][n]) for n in range(7)],
        day=_skeleton(locale, "MMMMd", "d MMMM"),
        whole_day=_plain(locale.date_formats["long"].pattern),
        clock=_plain(locale.time_formats["short"].pattern),
        halves=_halves(locale),
        at=_plain(str(data["datetime_formats_relative"].get("full") or locale.datetime_formats["medium"])),
        tomorrow=_plain(data["date_fields"].get("day", {}).get("relative", {}).get(1, "")),
        pair=_plain(locale.list_patterns["standard"]["2"]),
        middle=_plain(locale.list_patterns["standard"]["middle"]),
        last=_plain(locale.list_patterns["standard"]["end"]),
        through=_plain(str(locale.interval_formats[None])),
        decimal=locale.number_symbols["latn"]["decimal"],
    )
    return _with_currency(forms, locale, currency) if currency else forms


def names_of(language: str, told_in: Iterable[str]) -> Iterator[str]:
    """What a language is called in these languages: "Chinese" and 中文 for zh-CN in en-US and zh-CN."""
    locale = _locale(language)
    for locale_of in map(_locale, told_in):
        if locale and locale_of and (name := locale.get_language_name(locale_of)):
            yield _plain(name)


def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    first, *rest = language.split("-")
    for tag in ("_".join([_KNOWN_AS.get(first, first), *rest]), _KNOWN_AS.get(first, first)):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _skeleton(locale: Locale, name: str, otherwise: str) -> str:
    found = locale.datetime_skeletons.get(name)
    return _plain(found.pattern if found else otherwise)


def _halves(locale: Locale) -> tuple[str, str]:
    """The words for before and after noon, the longest that CLDR has."""
    periods: Any = locale.day_periods
    for context, width in (("stand-alone", "wide"), ("format", "wide"), ("format", "abbreviated")):
        names = periods.get(context, {}).get(width, {})
        if "am" in names and "pm" in names:
            return _plain(names["am"]), _plain(names["pm"])
    return "", ""


def _currency(country: str) -> str:
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country, datetime.now(UTC).date())), "") if country else ""


def _with_currency(forms: LanguageForms, locale: Locale, currency: str) -> LanguageForms:
    import msgspec
    from babel.numbers import get_currency_name, get_currency_precision

    rule, places = locale.plural_form, get_currency_precision(currency)
    data: Any = locale._data
    named = {
        "": currency,
        **{word: _plain(name) for word, name in data["currency_names_plural"].get(currency, {}).items()},
    }
    named[""] = named.get("other") or _plain(get_currency_name(currency, locale=locale))
    numbers = [*map(Decimal, range(200)), Decimal(2_000_000)]
    return msgspec.structs.replace(
        forms,
        currency=named,
        amount=_plain(str(data["currency_unit_patterns"].get("other", "{0} {1}"))),
        plurals=_categories(rule, numbers),
        fractions=_of_fractions(rule, places),
        places=places,
    )


def _categories(rule: Callable[[Decimal], str], numbers: Iterable[Decimal]) -> str:
    return "".join(str(CATEGORIES.index(rule(number))) for number in numbers)


def _of_fractions(rule: Callable[[Decimal], str], places: int) -> list[str]:
    """For the whole parts 0, 1 and 2: no rule of CLDR tells larger ones apart where there is a fraction."""
    digits = range(1, 10**places)
    found = [_categories(rule, (Decimal(f"{whole}.{part:0{places}d}") for part in digits)) for whole in range(3)]
    return [of[:1] if len(set(of)) == 1 else of for of in found] if places else []


def _plain(text: str) -> str:
    """Without marks of direction, and with every blank a plain one: for voices, not for screens."""
    kept = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if unicodedata.category(c) != "Cf")
    return kept.strip()
