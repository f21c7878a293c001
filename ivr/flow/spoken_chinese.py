"""Chinese forms of our own: CLDR has no words for numbers, no 点半 and no 元角分."""

from __future__ import annotations

from datetime import time

DIGITS = "零一二三四五六七八九"
DAYS = "一二三四五六日"


def whole_number(amount: int) -> str:
    """A whole number in characters, as people say it: 十五, 一百零一; from a million millions on in digits."""
    said = _number(abs(amount))
    return ("负" if amount < 0 else "") + (said.removeprefix("一") if said.startswith("一十") else said)


def _number(amount: int) -> str:
    if amount >= 10**12:
        return str(amount)
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if amount >= size:
            high, low = divmod(amount, size)
            gap = "零" if low and low < size // 10 else ""
            return _number(high) + unit + gap + (_number(low) if low else "")
    said, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, amount = divmod(amount, size)
        if digit:
            said += ("零" if skipped and said else "") + DIGITS[digit] + unit
            skipped = False
        else:
            skipped = True
    return said or "零"


def number(whole: int, fraction: str, negative: bool) -> str:
    """A number with its decimals: 十二点五."""
    said = whole_number(-whole if negative else whole)
    said = f"负{said}" if negative and not whole else said
    return said + (f"点{''.join(DIGITS[int(digit)] for digit in fraction)}" if fraction else "")


def yuan(whole: int, cents: str, negative: bool) -> str:
    """Renminbi: 十二元三角四分, 十二元零五分, 五角."""
    tail = "".join(DIGITS[int(digit)] + unit for digit, unit in zip(cents, "角分", strict=True) if digit != "0")
    gap = "零" if whole and tail and cents[0] == "0" else ""
    said = "" if tail and not whole else f"{number(whole, '', False)}元"
    return f"{'负' if negative else ''}{said}{gap}{tail}"


def clock(at: time) -> str:
    """A time of day: 上午8点半, 下午2点05分."""
    part = (
        "凌晨" if at.hour < 6 else "上午" if at.hour < 12 else "中午" if at.hour == 12
        else "下午" if at.hour < 18 else "晚上"
    )  # fmt: skip
    return f"{part}{_hour(at.hour if at.hour <= 12 else at.hour - 12, at.minute)}"


def hour_of_day(minutes: int) -> str:
    """A minute of the day as opening hours are told: 8点半, 20点."""
    return _hour(*divmod(minutes, 60))


def _hour(hour: int, minute: int) -> str:
    return f"{hour}点" + ("半" if minute == 30 else f"{minute:02d}分" if minute else "")
