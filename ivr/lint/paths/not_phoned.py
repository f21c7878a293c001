"""`not-phoned`: a destination is a number that this hotline may not phone, for its kind or its country.

The house pays for premium and shared-cost services, satellites, personal numbers and numbers that do not exist, and
for countries that nobody meant; such a number in a file is a slip, or somebody's way to be paid for each transfer. The
number inside a SIP address counts as well. `calls_to` in hotline.yaml lists the countries; without it, it is `country`
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.call.phone import country_of
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule

_USER = re.compile(r"\s*sips?:(\+[0-9]+)(?:[@;:].*)?", re.IGNORECASE | re.DOTALL)
FIXES = {
    "no number": "Correct the number.",
    "kind": "Use an ordinary number of the desk.",
    "country": "Correct the number, or write calls_to: [{countries}] if that is meant.",
    "own": "Use the desk's own number.",
}
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
    hint = FIXES[refusal].format(countries=", ".join([*sorted(phoned.countries), country_of(number)]))
    return Problem("not-phoned", f'destination "{name}": {number} {phoned.why_not(number)}.', hint)


RULE = Rule(
    codes=("not-phoned",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the number, or list its country under `calls_to`.",
)  # fmt: skip
