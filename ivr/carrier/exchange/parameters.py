"""The parameters that requests about calls take, as the provider publishes them, and what each may hold.

Derived from its OpenAPI description and the words there that the description's types leave out: ranges, and the values
of those that are plain strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: `expects` in words; `pattern`, one of `known`, an integer from `least` to `most`, or a URL."""

    expects: str
    pattern: str = ""
    known: frozenset[str] = field(default_factory=frozenset)
    least: int = 0
    most: int = 0
    url: bool = False
    repeated: bool = False

    def takes(self, value: str) -> bool:
        """Whether the published description allows this value."""
        if self.url:
            return is_url(value)
        if self.most:
            return bool(re.fullmatch(r"\d{1,9}", value, re.ASCII)) and self.least <= int(value) <= self.most
        if self.known:
            return value in self.known
        return not self.pattern or bool(re.fullmatch(self.pattern, value))


def is_url(value: str) -> bool:
    """Whether this is an absolute URL with a host the provider would phone back: without an underscore."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and bool(host) and "_" not in host and parts.port != 0
    except ValueError:
        return False


def _one_of(*known: str, repeated: bool = False) -> Kind:
    return Kind(" or ".join(known), known=frozenset(known), repeated=repeated)


def _number(least: int, most: int) -> Kind:
    return Kind(f"a number from {least} to {most}", least=least, most=most)


def _id(letters: str) -> Kind:
    return Kind(f"{letters} and 32 hexadecimal digits", pattern=f"{letters}[0-9a-fA-F]{{32}}")


TEXT = Kind("text")
URL = Kind("an absolute URL", url=True)
METHOD = _one_of("GET", "POST")
YES_NO = _one_of("true", "false")
EVENTS = _one_of("initiated", "ringing", "answered", "completed", repeated=True)
STATUS = _one_of("queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled")
TIME = Kind("a date, or a time in UTC", pattern=r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")

CREATE: Mapping[str, Kind] = {
    "To": TEXT,
    "From": TEXT,
    "Method": METHOD,
    "FallbackUrl": URL,
    "FallbackMethod": METHOD,
    "StatusCallback": URL,
    "StatusCallbackEvent": EVENTS,
    "StatusCallbackMethod": METHOD,
    "SendDigits": Kind("up to 32 of 0-9 A-D # * w W", pattern=r"[0-9A-D#*wW]{1,32}"),
    "Timeout": _number(1, 600),
    "Record": YES_NO,
    "RecordingChannels": _one_of("mono", "dual"),
    "RecordingStatusCallback": URL,
    "RecordingStatusCallbackMethod": METHOD,
    "SipAuthUsername": TEXT,
    "SipAuthPassword": TEXT,
    "MachineDetection": _one_of("Enable", "DetectMessageEnd"),
    "MachineDetectionTimeout": _number(3, 59),
    "RecordingStatusCallbackEvent": _one_of("in-progress", "completed", "absent", repeated=True),
    "Trim": _one_of("trim-silence", "do-not-trim"),
    "CallerId": TEXT,
    "MachineDetectionSpeechThreshold": _number(1000, 6000),
    "MachineDetectionSpeechEndThreshold": _number(500, 5000),
    "MachineDetectionSilenceTimeout": _number(2000, 10_000),
    "AsyncAmd": YES_NO,
    "AsyncAmdStatusCallback": URL,
    "AsyncAmdStatusCallbackMethod": METHOD,
    "Byoc": _id("BY"),
    "CallReason": Kind("up to 50 characters", pattern=r"(?s).{1,50}"),
    "CallToken": TEXT,
    "RecordingTrack": _one_of("inbound", "outbound", "both"),
    "TimeLimit": _number(1, 86_400),
    "ClientNotificationUrl": URL,
    "Url": URL,
    "Twiml": Kind("up to 4000 characters", pattern=r"(?s).{1,4000}"),
    "ApplicationSid": _id("AP"),
}
"""A call is placed with these."""
PAGES: Mapping[str, Kind] = {"PageSize": _number(1, 1000), "Page": _number(0, 1_000_000), "PageToken": TEXT}
LIST: Mapping[str, Kind] = {
    "To": TEXT,
    "From": TEXT,
    "ParentCallSid": _id("CA"),
    "Status": STATUS,
    **{f"{name}{sign}": TIME for name in ("StartTime", "EndTime") for sign in ("", "<", ">")},
    **PAGES,
}
"""Calls are listed with these."""
NUMBERS: Mapping[str, Kind] = {"PhoneNumber": TEXT, "FriendlyName": TEXT, **PAGES}
"""Numbers are listed with these; `Beta` and `Origin` are known, and nobody needs them here."""
UPDATE: Mapping[str, Kind] = {"Status": _one_of("canceled", "completed")}
"""A call is ended with this. The stand-in cannot be told to lead one elsewhere."""
