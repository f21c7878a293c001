"""Whether the number of last resort may be phoned: it is rung by every call that fails."""

from __future__ import annotations

from ivr.call.phone import Phoned, country_of, described
from ivr.config import Settings
from ivr.errors import SettingInvalid


def check_kind(settings: Settings) -> None:
    """`SettingInvalid` where IVR_LAST_RESORT is no number, or a dear one; its country is for the release to allow."""
    check_last_resort(settings, Phoned(frozenset({country_of(settings.last_resort)})))


def check_last_resort(settings: Settings, phoned: Phoned) -> None:
    """`SettingInvalid` where IVR_LAST_RESORT is not phoned: every call that fails would cost what a thief asks, or
    come back to the hotline itself."""
    number = settings.last_resort
    countries = ", ".join(sorted(phoned.countries)) or "no country"
    told = {
        "no number": "is no number that a telephone network has; correct it",
        "kind": f"is {described(number)} and is not phoned; use an ordinary number",
        "own": "is the hotline's own: calls would come back; use the number of a person",
        "country": f"is a number of {country_of(number)}, and the hotline phones {countries} only; correct it, or add "
        "its country to calls_to in hotline.yaml and publish",
    }
    if number and (refusal := phoned.refusal(number)):
        raise SettingInvalid(f"IVR_LAST_RESORT: {number} {told[refusal]}.")
