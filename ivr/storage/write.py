"""One statement of a transaction that is to be committed."""

from __future__ import annotations

from typing import Any, NamedTuple


class Write(NamedTuple):
    """A statement that must write one row; where it writes none, `otherwise` is the code of the sentence that says why.
    `any_number`: where none is fine."""

    text: str
    values: tuple[Any, ...]
    otherwise: str = "store.conflict.changed"
    any_number: bool = False
