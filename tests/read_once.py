"""Flow files that many tests read, read once: each test gets a copy of its own of what was read."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

from ivr.source.yaml_file import Source, read_source

KEPT, LARGEST = 500, 50_000
"""How many files are kept, and how many bytes the largest of them may have."""


def read_once(file: str, raw: bytes) -> Source:
    """What `read_source` returns. Where a test counts the work of reading, none of it is spared."""
    if sys.getprofile() is not None or len(raw) > LARGEST:
        return read_source(file, raw)
    read = _read(file, raw)
    data, rest = _copied(read.data), _copied(read.rest)
    return Source(file, read.text, data, list(read.findings), dict(read.values), dict(read.keys), rest)


_read = lru_cache(KEPT)(read_source)


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data
