"""What a question takes, and of the keys pressed: up to its number of digits, or to its finish key."""

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


def question_takes(speech: bool, digits: int, finish: str) -> str:
    """What a question takes, as a tester reads it. `digits` 0: as many as the caller likes."""
    keys = (
        "one key" if digits == 1 else f"{digits} keys" if digits else f"keys, ended by {finish}" if finish else "keys"
    )
    return f"this question takes {keys}{' or speech' if speech else ', no speech'}"
