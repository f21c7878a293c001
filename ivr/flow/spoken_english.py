"""English forms of our own: "a.m." without minutes that are none, and money by its two names."""

from __future__ import annotations

from datetime import time

_DOLLARS = ("dollar", "dollars", "cent", "cents")
_MONEY = {
    "CN": ("yuan", "yuan", "fen", "fen"),
    "GB": ("pound", "pounds", "penny", "pence"),
    **dict.fromkeys(
        ("IE", "DE", "FR", "ES", "IT", "NL", "BE", "AT", "FI", "PT", "GR"), ("euro", "euros", "cent", "cents")
    ),
    **dict.fromkeys(("US", "CA", "AU", "NZ", "SG", "HK", "TW"), _DOLLARS),
}
"""By country what its money is called by those who pay with it."""


def clock(at: time) -> str:
    """A time of day: 8:30 a.m., 12 noon."""
    if not at.minute and at.hour in (0, 12):
        return "12 noon" if at.hour else "12 midnight"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"


def money(whole: int, cents: str, country: str) -> str:
    """An amount by the names of its units; empty where we know none for the country."""
    names = _MONEY.get(country)
    if names is None:
        return ""
    small = int(cents)
    said = [f"{whole} {names[whole != 1]}"] if whole or not small else []
    return " ".join(said + ([f"{small} {names[2 + (small != 1)]}"] if small else []))
