"""Documents that need neither a release nor the database: what a caller hears when something inside has failed."""

from __future__ import annotations

from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
TAIL = "</Response>"
HOLD_PAUSES = (2, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5)
"""Seconds of silence in each "please wait" document of a turn; after the last comes the apology. The URL counts them,
for the database may be down. A caller waits out most of a minute, which is a database that fails over or is restarted:
nobody who can be served later is told goodbye now."""


def static_say(text: str, language: str) -> str:
    """A Say that needs no release."""
    voice = "Polly.Zhiyu" if language.startswith("cmn") else "Polly.Joanna"
    return f'<Say voice="{voice}" language="{language}">{escape(text)}</Say>'


def _both(chinese: str, english: str) -> str:
    return static_say(chinese, "cmn-CN") + static_say(english, "en-US")


NEUTRAL = f"{HEAD}{_both('打扰了，再见。', 'Sorry to have troubled you. Goodbye.')}<Hangup/>{TAIL}"
"""For whoever we have phoned where no more can be said: it names neither the house nor the matter."""
FAREWELL = f"{HEAD}{_both('感谢您的来电，再见。', 'Thank you for calling. Goodbye.')}<Hangup/>{TAIL}"


def last_resort_call(number: str, caller_id: str) -> str:
    """The call to the fixed number of the settings. Without a number of ours as caller ID the provider would show the
    customer's, and refuse the call where that is none (error 13214)."""
    shown = f' callerId="{caller_id}"' if caller_id else ""
    return f'<Dial timeout="60"{shown}><Number>{number}</Number></Dial>'


def last_words(last_resort: str, caller_id: str = "") -> str:
    """The apology and what follows it: the fixed number of the settings (E.164), or goodbye where there is none."""
    if last_resort:
        said = _both(
            "抱歉，系统出现故障，正在为您转接人工，请稍候。",
            "We are sorry, something went wrong. We are putting you through to a person.",
        )
        return f"{said}{last_resort_call(last_resort, caller_id)}{goodbye()}"
    return goodbye()


def goodbye() -> str:
    """Apology and hang-up."""
    return (
        _both(
            "抱歉，系统暂时无法处理，请您稍后再拨，再见。",
            "We are sorry, something went wrong. Please call again later. Goodbye.",
        )
        + "<Hangup/>"
    )


def apology(last_resort: str, caller_id: str = "") -> str:
    """The last document of all; `caller_id` is a number of ours, empty where none is known."""
    return HEAD + last_words(last_resort, caller_id) + TAIL


def hold(path: str, held: int) -> str:
    """The "please wait" document number `held` + 1 of a turn, whose URL has this path: some seconds later the question
    is asked again, and nothing is counted. The words are said every other time."""
    said = _both("请稍候。", "One moment, please.") if held % 2 == 0 else ""
    back = f"{escape(path)}/again?held={held + 1}"
    return f'{HEAD}{said}<Pause length="{HOLD_PAUSES[held]}"/><Redirect>{back}</Redirect>{TAIL}'
