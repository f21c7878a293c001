"""What may stand in a document: verbs, their children, attributes and values (twilio.com/docs/voice/twiml).

The error code of each rule is the provider's own. The provider only warns for most of the 13xxx; the carrier refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

AttributeTest = Callable[[str], bool]

SPOKEN_CHINESE = frozenset(("cmn-CN", "cmn-TW", "yue-CN", "yue-HK", "zh-CN", "zh-HK", "zh-TW"))
HEARD_CHINESE = frozenset(("cmn-Hans-CN", "cmn-Hant-TW", "yue-Hant-HK", "zh", "zh-TW"))
LONGEST_SAY = 4500


def one_of(*words: str) -> AttributeTest:
    """Exactly one of these."""
    return lambda value: value in words


def number(low: int, high: int) -> AttributeTest:
    """A whole number in a range."""
    return lambda value: value.isascii() and value.isdigit() and low <= int(value) <= high


def milliseconds(most: int) -> AttributeTest:
    """A time as a voice takes it, such as 300ms."""
    return lambda value: value.endswith("ms") and number(1, most)(value[:-2])


def matching(pattern: str) -> AttributeTest:
    """The whole value by a pattern."""
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def spoken_language(value: str) -> bool:
    """A language Say knows: its tags differ from those Gather listens by."""
    if value[:2] in ("zh", "cm", "yu"):
        return value in SPOKEN_CHINESE
    return bool(re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}", value))


def heard_language(value: str) -> bool:
    """A language Gather can listen for."""
    if value[:2] in ("zh", "cm", "yu"):
        return value in HEARD_CHINESE
    return bool(re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}", value))


def hints(value: str) -> bool:
    """At most 500 words of at most 100 characters."""
    words = value.split(",")
    return len(words) <= 500 and all(len(word) <= 100 for word in words)


def web_address(value: str) -> bool:
    """A URL, absolute or relative; an empty one would request the current document again, for ever."""
    return bool(value.strip()) and not re.search(r"\s", value)


URL = web_address
METHOD = one_of("POST", "GET")
YES_NO = one_of("true", "false")

ATTRIBUTES: Mapping[str, Mapping[str, tuple[int, AttributeTest]]] = {
    "Response": {},
    "Say": {
        "voice": (13511, matching(r"man|woman|alice|(Polly|Google)\.[A-Za-z0-9_-]+")),
        "language": (13512, spoken_language),
        "loop": (13510, number(0, 1000)),
    },
    "break": {"time": (13521, milliseconds(10_000))},
    "Play": {"loop": (13510, number(0, 1000)), "digits": (13420, matching(r"[0-9*#wW]{1,32}"))},
    "Pause": {"length": (13910, number(1, 3600))},
    "Gather": {
        "action": (11100, URL),
        "method": (13312, METHOD),
        "input": (13300, one_of("dtmf", "speech", "dtmf speech", "speech dtmf")),
        "timeout": (13313, number(1, 600)),
        "finishOnKey": (13310, matching(r"[0-9*#]?")),
        "numDigits": (13314, number(1, 1024)),
        "actionOnEmptyResult": (12200, YES_NO),
        "language": (13300, heard_language),
        "hints": (13300, hints),
        "speechTimeout": (13327, matching(r"auto|[1-9]\d?")),
        "speechModel": (12200, matching(r"[a-z0-9_-]+")),
        "profanityFilter": (12200, YES_NO),
        "bargeIn": (12200, YES_NO),
    },
    "Record": {
        "action": (11100, URL),
        "method": (13610, METHOD),
        "timeout": (13612, number(1, 600)),
        "finishOnKey": (13613, matching(r"[0-9*#]{0,12}")),
        "maxLength": (13611, number(2, 14_400)),
        "playBeep": (13614, YES_NO),
        "trim": (12200, one_of("trim-silence", "do-not-trim")),
        "recordingStatusCallback": (11100, URL),
        "transcribe": (13615, YES_NO),
        "transcribeCallback": (11100, URL),
    },
    "Redirect": {"method": (13710, METHOD)},
    "Reject": {"reason": (12200, one_of("rejected", "busy"))},
    "Hangup": {},
    "Dial": {
        "action": (11100, URL),
        "method": (13210, METHOD),
        "timeout": (13212, number(1, 600)),
        "timeLimit": (13222, number(1, 86_400)),
        "callerId": (13214, matching(r"\+\d{6,15}|sip:\S+|client:\S+")),
        "hangupOnStar": (13213, YES_NO),
        "answerOnBridge": (12200, YES_NO),
        "record": (12200, matching(r"[a-z-]+")),
    },
    "Number": {"url": (11100, URL), "method": (13221, METHOD), "sendDigits": (13220, matching(r"[0-9*#wW]+"))},
    "Sip": {"url": (11100, URL), "method": (13221, METHOD)},
}

CHILDREN: Mapping[str, frozenset[str]] = {
    "Response": frozenset(("Say", "Play", "Pause", "Gather", "Record", "Redirect", "Reject", "Hangup", "Dial")),
    "Gather": frozenset(("Say", "Play", "Pause")),
    "Say": frozenset(("break",)),
    "Dial": frozenset(("Number", "Sip")),
}
IN_A_WHISPER = frozenset(("Say", "Play", "Pause", "Gather", "Redirect", "Hangup"))

TEXT: Mapping[str, tuple[int, AttributeTest]] = {
    "Say": (13520, lambda text: bool(text.strip())),
    "Play": (13420, URL),
    "Redirect": (11100, URL),
    "Number": (13223, matching(r"\+\d{6,15}")),
    "Sip": (13224, matching(r"sips?:[^\s@]+@\S+")),
}
