"""Whether the number of last resort may be phoned: it is rung by every call that fails."""

from __future__ import annotations

from ivr.call.phone import Phoned, country_of
from ivr.config import Settings
from ivr.errors import SettingInvalid
from ivr.messages.message import Message

FIXES = {
    "no number": "doctor.last-resort.correct",
    "kind": "doctor.last-resort.ordinary",
    "country": "doctor.last-resort.country",
    "own": "doctor.last-resort.not-own",
}


def check_kind(settings: Settings) -> None:
    """`SettingInvalid` where IVR_LAST_RESORT is no number, or a dear one; its country is for the release to allow."""
    check_last_resort(settings, Phoned(frozenset({country_of(settings.last_resort)})))


def check_last_resort(settings: Settings, phoned: Phoned) -> None:
    """`SettingInvalid` where IVR_LAST_RESORT is not phoned: every call that fails would cost what a thief asks, or
    come back to the hotline itself."""
    number = settings.last_resort
    if number and (why := phoned.why_not(number)):
        raise SettingInvalid(
            Message("app.last-resort", number=number, why=why, do=Message(FIXES[phoned.refusal(number)]))
        )
