"""What a question takes of the keys pressed: up to its number of digits, or to its finish key."""

from __future__ import annotations


def gathered(keys: str, *, most: int, finish: str) -> str:
    """The digits sent. The finish key counts only after a digit, and is not sent; keys after the end are lost."""
    digits = ""
    for key in keys:
        if key == finish:
            if digits:
                break
            continue
        digits += key
        if len(digits) == most:
            break
    return digits
