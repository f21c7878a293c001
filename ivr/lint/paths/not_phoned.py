"""`not-phoned`: a destination is a number that this hotline may not phone, for its kind or its country.

Each transfer to a premium or shared-cost number, a satellite, a personal number or another country costs the house
money. Such a number in a file is a slip, or somebody is paid for each transfer. The number inside a SIP address counts
as well. `calls_to` in hotline.yaml lists the countries; without it, it is `country` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.call.phone import country_of, described
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message

_USER = re.compile(r"\s*sips?:(\+[0-9]+)(?:[@;:].*)?", re.IGNORECASE | re.DOTALL)
FAILS = """\
destinations:
  agents: {number: "+19005550123", hours: agents}
  card_desk: {number: "+442079460123", ring: 30s}
"""
PASSES = """\
calls_to: [CN, GB]
destinations:
  agents: {number: "+862155500100", hours: agents}
  card_desk: {number: "+442079460123", ring: 30s}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The numbers of destinations against what may be phoned."""
    for name, destination in context.hotline.destinations.items():
        found = _USER.fullmatch(destination.sip or "")
        number, key = (destination.number, "number") if destination.number else (found[1] if found else "", "sip")
        if number and (problem := _problem(context, name, number)):
            yield context.source.finding(("destinations", name, key), problem)


def _problem(context: LintContext, name: str, number: str) -> Problem | None:
    phoned = context.release.phoned
    refusal = phoned.refusal(number)
    if not refusal:
        return None
    country = country_of(number)
    match refusal:
        case "no number":
            message = Message("lint.not-phoned.no-number", name=name, number=number)
            hint = Message("lint.not-phoned.no-number-hint")
        case "kind":
            message = Message("lint.not-phoned.kind", name=name, number=number, kind=described(number))
            hint = Message("lint.not-phoned.kind-hint")
        case "own":
            message = Message("lint.not-phoned.own", name=name, number=number)
            hint = Message("lint.not-phoned.own-hint")
        case "country" if phoned.countries:
            listed = tuple(sorted(phoned.countries))
            message = Message("lint.not-phoned.country", name=name, number=number, country=country, phoned=listed)
            hint = Message("lint.not-phoned.country-hint", countries=", ".join([*listed, country]))
        case _:
            message = Message("lint.not-phoned.no-country", name=name, number=number, country=country)
            hint = Message("lint.not-phoned.no-country-hint", country=country)
    return Problem("not-phoned", message, hint)


RULE = Rule(
    codes=("not-phoned",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the number, or list its country under `country` or `calls_to`.",
)  # fmt: skip
