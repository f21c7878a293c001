"""The corpora of this folder: utterances below the name, in brackets, of what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Said(NamedTuple):
    """An utterance and what it means."""

    text: str
    means: str


def corpus(file: str) -> Sequence[Said]:
    """The utterances of a file of this folder, in its order."""
    means, found = "", list[Said]()
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            means = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(Said(line, means))
    return found
