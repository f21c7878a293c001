"""What the values of hotline.yaml are to a release: rules of cases, opening hours, languages, numbers to phone."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.week import parse_week
from ivr.calendar.workdays import Workdays
from ivr.call.phone import Phoned, country_of
from ivr.flow.cldr import forms_of
from ivr.flow.clock_fields import clock_of
from ivr.flow.hotline import CaseSettings, HotlineFields, HoursSettings
from ivr.flow.language_forms import LanguageForms
from ivr.flow.model import CaseRule
from ivr.flow.parse import ParsedFlow
from ivr.flow.prompts import Labels
from ivr.flow.spoken_language import SpokenLanguage


def spoken_language(tag: str, hotline: HotlineFields, forms: LanguageForms | None) -> SpokenLanguage:
    """How a language of the hotline speaks values; its forms are looked up where the release keeps none."""
    fields = hotline.languages[tag]
    return SpokenLanguage(
        tag=tag,
        forms=forms or forms_of(tag, hotline.nation),
        country=hotline.nation,
        yes=next(iter(fields.yes), ""),
        no=next(iter(fields.no), ""),
        phone_digits={str(digit): said for digit, said in fields.phone_digits.items()},
    )


def case_rule(fields: CaseSettings) -> CaseRule:
    """What is owed for a kind of case."""
    by_priority = {"high": fields.high, "urgent": fields.urgent}
    clocks = {name: clock_of(c) for name, c in by_priority.items() if c is not None}
    return CaseRule(clock_of(fields.clock), clocks, fields.follow_up)


def opening_hours(fields: HoursSettings) -> OpeningHours:
    """Opening hours as the calendar counts them."""
    return OpeningHours(
        open=parse_week(fields.open),
        holidays=Workdays(fields.holidays, frozenset(), frozenset()) if fields.holidays else None,
        closed_on=frozenset(fields.closed_on),
        open_on=frozenset(fields.open_on),
    )


def closed_lists(parsed: ParsedFlow) -> Labels:
    """How the words of each closed list of a flow are spoken: the labels of the choices that save them."""
    lists: dict[str, dict[str, Mapping[str, str]]] = {}
    for fields in parsed.steps.values():
        for value, words in fields.labels().items():
            lists.setdefault(value, {}).update(words)
    return lists


def phoned_by(hotline: HotlineFields) -> Phoned:
    """The numbers a hotline may phone: of the countries under `calls_to`, else of its own, else of its own numbers."""
    own = frozenset(hotline.numbers)
    countries = hotline.calls_to
    if countries is None:
        countries = [hotline.nation] if hotline.nation else [country_of(number) for number in own]
    phoned = Phoned(frozenset(filter(None, countries)), own)
    phoned.samples()  # reads the plans of its countries now: 10 ms each, which no caller should wait for
    return phoned
