"""Numbers and amounts of money as a language speaks them. Money is that of the hotline's country."""

from __future__ import annotations

import re

from ivr.flow import spoken_chinese, spoken_english
from ivr.flow.language_forms import CATEGORIES, LanguageForms, joined
from ivr.flow.spoken_language import SpokenLanguage

_NUMBER = re.compile(r"(-?)(\d{1,40})(?:\.(\d{1,20}))?\Z", re.ASCII)


def spoken_number(value: str, language: SpokenLanguage) -> str:
    """A number, without separators between thousands: a voice stumbles over them. ValueError where it is none."""
    negative, whole, fraction = _parts(value)
    if language.chinese:
        return language.script(spoken_chinese.number(whole, fraction, negative))
    return _figures(negative, whole, fraction, language.forms)


def spoken_money(value: str, language: SpokenLanguage) -> str:
    """An amount in the money of the country; without a country the number alone. ValueError where it is none.

    What is smaller than the money's smallest unit is rounded half up (四舍五入), as people round: 12.999 is 13.
    """
    negative, whole, cents = _rounded(value, language.forms.places)
    if language.chinese and language.country in ("CN", ""):
        return language.script(spoken_chinese.yuan(whole, cents, negative))
    cents = cents if int(cents or "0") else ""
    if language.chinese:
        said = spoken_chinese.number(whole, cents.rstrip("0"), negative)
        return language.script(said) + language.forms.currency.get("", "")
    if language.english and (named := spoken_english.money(whole, cents or "0", language.country)):
        return f"minus {named}" if negative else named
    figures = _figures(negative, whole, cents, language.forms)
    name = _currency(whole, cents, language.forms)
    return joined(language.forms.amount, figures, name) if name else figures


def _rounded(value: str, places: int) -> tuple[bool, int, str]:
    """Whether it is less than nothing, its whole units, and as many digits of its parts as the money has."""
    negative, whole, fraction = _parts(value)
    kept = fraction.ljust(places, "0")[:places]
    units = int(f"{whole}{kept}") + (fraction[places : places + 1] >= "5")
    whole, parts = divmod(units, 10**places)
    return negative and units > 0, whole, f"{parts:0{places}d}" if places else ""


def _parts(value: str) -> tuple[bool, int, str]:
    found = _NUMBER.match(value)
    if found is None:
        raise ValueError(value)
    return found[1] == "-", int(found[2]), found[3] or ""


def _figures(negative: bool, whole: int, fraction: str, forms: LanguageForms) -> str:
    return ("-" if negative else "") + str(whole) + (f"{forms.decimal}{fraction}" if fraction else "")


def _currency(whole: int, cents: str, forms: LanguageForms) -> str:
    """The name of the money by the plural category of the amount."""
    names, places = forms.currency, forms.plurals
    if not places:
        return names.get("", "")
    if cents and forms.fractions:
        of = forms.fractions[min(whole, 2)]
        category = of[int(cents) - 1] if len(of) > 1 else of
    else:
        million = whole >= 10**6 and whole % 10**6 == 0
        category = places[200 if million else whole if whole < 100 else 100 + whole % 100]
    return names.get(CATEGORIES[int(category)]) or names.get("", "")
