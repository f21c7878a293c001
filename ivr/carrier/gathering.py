"""What a Gather takes of the keys pressed: up to its number of digits, or to its finish key."""

from __future__ import annotations

from collections.abc import Mapping


def gathered(attributes: Mapping[str, str], keys: str) -> str:
    """The digits sent. The finish key counts only after a digit, and is not sent; keys after the end are lost."""
    finish = attributes.get("finishOnKey", "#")
    most = int(attributes.get("numDigits", "1024"))
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
