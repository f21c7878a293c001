"""How values are spoken: digits in groups, dates, times, numbers and money, in Mandarin and English.

No library speaks both: num2words has no Chinese and Babel no spell-out rules (docs/adr/dependencies.md). A further
language falls back to plain digits and ISO dates until it has forms of its own here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

_ZH_DIGITS = "零一二三四五六七八九"
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WRITTEN = {"cmn": "zh", "yue": "zh"}
"""Tongues that share a script: what is written alike is read out rightly by each one's voice."""
_STATES = {"yes": {"zh": "是", "en": "yes"}, "no": {"zh": "否", "en": "no"}}


def spoken(value: str, form: str, language: str) -> str:
    """A value in a format (`digits number money date time phone`, or none) as the language speaks it."""
    tongue = _WRITTEN.get(language.split("-")[0], language.split("-")[0])
    if tongue not in ("zh", "en") and form in ("date", "time"):
        return value.split(" ")[0]
    speak = _FORMS.get(form)
    if speak is None:
        return _STATES.get(value, {}).get(tongue, value)
    try:
        return speak(value, tongue)
    except ValueError:
        return value


def grouped(digits: str) -> list[str]:
    """Digits in groups of three or four, as people read numbers out."""
    if len(digits) % 4 == 0 and len(digits) > 4:
        sizes = [4] * (len(digits) // 4)
    else:
        sizes = [3] * (len(digits) // 3)
        rest = len(digits) % 3
        if rest and sizes:
            for n in range(rest):
                sizes[-1 - n % len(sizes)] += 1
        elif rest:
            sizes = [rest]
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    return groups


def _digits(value: str, tongue: str) -> str:
    found = [c for c in value if c in "0123456789"]
    groups = grouped("".join(found))
    if tongue == "zh":
        return "，".join("".join(_ZH_DIGITS[int(c)] for c in group) for group in groups)
    return ", ".join(" ".join(group) for group in groups)


def _phone(value: str, tongue: str) -> str:
    plain = value.lstrip("+")
    if value.startswith("+86"):
        plain = plain[2:]
        plain = plain if plain.startswith("1") and len(plain) == 11 else "0" + plain
        if len(plain) == 11 and plain.startswith("1"):
            groups = [plain[:3], plain[3:7], plain[7:]]
            joined = [_digits(group, tongue).replace("，", "").replace(",", "") for group in groups]
            return ("，" if tongue == "zh" else ", ").join(joined)
    return _digits(plain, tongue)


def _number(value: str, tongue: str) -> str:
    amount = int(value)
    if tongue != "zh":
        return str(amount)
    said = _zh_number(abs(amount))
    return ("负" if amount < 0 else "") + (said.removeprefix("一") if said.startswith("一十") else said)


def _zh_number(amount: int) -> str:
    if amount >= 10**12:
        return str(amount)
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if amount >= size:
            high, low = divmod(amount, size)
            gap = "零" if low and low < size // 10 else ""
            return _zh_number(high) + unit + gap + (_zh_number(low) if low else "")
    said, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, amount = divmod(amount, size)
        if digit:
            said += ("零" if skipped and said else "") + _ZH_DIGITS[digit] + unit
            skipped = False
        else:
            skipped = True
    return said or "零"


def _money(value: str, tongue: str) -> str:
    whole, _, cents = value.partition(".")
    said = _number(whole, tongue)
    cents = cents.ljust(2, "0")[:2]
    if tongue == "zh":
        tail = "".join(_ZH_DIGITS[int(digit)] + unit for digit, unit in zip(cents, "角分", strict=True) if digit != "0")
        return f"{said}元{tail}"
    return f"{said} yuan" + (f" {int(cents)} fen" if int(cents) else "")


def _date(value: str, tongue: str) -> str:
    day = date.fromisoformat(value[:10])
    if tongue == "zh":
        return f"{day.month}月{day.day}日"
    return f"{_EN_MONTHS[day.month - 1]} {day.day}"


def _time(value: str, tongue: str) -> str:
    """An instant, with its day where the value says which: `2026-03-02T08:30+08:00 tomorrow`."""
    stamp, _, day = value.partition(" ")
    at = datetime.fromisoformat(stamp)
    if tongue == "zh":
        minutes = f"{at.minute}分" if at.minute else ""
        minutes = "半" if at.minute == 30 else minutes
        part = "上午" if at.hour < 12 else "下午" if at.hour < 18 else "晚上"
        hour = at.hour if at.hour <= 12 else at.hour - 12
        when = {"today": "", "tomorrow": "明天"}.get(day, _date(value, tongue))
        return f"{when}{part}{hour}点{minutes}"
    hour = at.hour % 12 or 12
    clock = f"{hour}:{at.minute:02d} {'a.m.' if at.hour < 12 else 'p.m.'}"
    when = {"today": "", "tomorrow": " tomorrow"}.get(day, f" on {_date(value, tongue)}")
    return f"at {clock}{when}" if day else f"{clock}{when}"


_FORMS: dict[str, Callable[[str, str], str]] = {
    "digits": _digits,
    "phone": _phone,
    "number": _number,
    "money": _money,
    "date": _date,
    "time": _time,
}
