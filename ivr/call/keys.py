"""The keys of a telephone, as flows and fixtures write them and as a caller presses them."""

from __future__ import annotations

from typing import Literal, get_args

Key = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "star", "pound"]
"""A key as written: YAML cannot hold a plain `*` or `#`."""
KEYS: tuple[str, ...] = get_args(Key)
_PRESSED = {"star": "*", "pound": "#"}
_WRITTEN = {pressed: written for written, pressed in _PRESSED.items()}


def pressed_key(written: str) -> str:
    """The key as pressed, `*` for `star`; anything else is returned as it is."""
    return _PRESSED.get(written, written)


def written_key(pressed: str) -> str:
    """The key as written, `star` for `*`; anything else is returned as it is."""
    return _WRITTEN.get(pressed, pressed)


def pressed_keys(written: str) -> str:
    """Several keys as pressed: `12pound` is `12#`."""
    for name, key in _PRESSED.items():
        written = written.replace(name, key)
    return written


def written_keys(pressed: str) -> str:
    """Several keys as written: `12#` is `12pound`."""
    return "".join(map(written_key, pressed))
