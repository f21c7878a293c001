"""How values are spoken: digits in groups, telephone numbers, dates, times, numbers and money, in every language.

Mandarin, Cantonese and English have forms of our own; every other language has those of CLDR, which the release keeps
(docs/adr/0014). What is spoken has no preposition of its own, and nothing is spoken as it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ivr.flow.spoken_amounts import spoken_money, spoken_number
from ivr.flow.spoken_digits import spoken_digits, spoken_phone
from ivr.flow.spoken_language import SpokenLanguage
from ivr.flow.spoken_times import STORED, spoken_date, spoken_day, spoken_time


def spoken(value: str, form: str, language: SpokenLanguage) -> str:
    """A value in a format (`digits number money date fulldate weekday time phone`, or none) as the language speaks it.

    A date or time is spoken as one in any format, and a value that does not fit its format as it is.
    """
    if STORED.match(value) and form not in _OF_TIME:
        form = "time"
    speak = _FORMS.get(form)
    if speak is None:
        yes, no = ("是", "否") if language.chinese else ("yes", "no")
        return {"yes": language.yes or yes, "no": language.no or no}.get(value, value)
    try:
        return speak(value, language)
    except ValueError:
        return value


_OF_TIME = ("date", "fulldate", "weekday", "time")
_FORMS: dict[str, Callable[[str, SpokenLanguage], str]] = {
    "digits": spoken_digits,
    "phone": spoken_phone,
    "number": spoken_number,
    "money": spoken_money,
    "date": spoken_date,
    "fulldate": partial(spoken_date, year=True),
    "weekday": spoken_day,
    "time": spoken_time,
}
