"""Work spread over processes, with a progress bar where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import click

from ivr.messages.reader import language, read_in, shown

Work = TypeVar("Work")
Part = TypeVar("Part")
Done = TypeVar("Done")


def with_bar(items: Iterable[Work], length: int, label: str) -> Iterator[Work]:
    """The items, counted by a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=length, label=shown(label), file=sys.stderr) as bar:
        yield from bar


def spread(work: Callable[[Part], Done], parts: Sequence[Part], jobs: int) -> Iterator[Done]:
    """The result of each part, in order. With one job, or one part, all is done in this process.

    Another process may print or write sentences too, so it is told the reader's language.
    """
    if jobs == 1 or len(parts) < 2:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(min(jobs, len(parts)), initializer=read_in, initargs=(language(),)) as pool:
        yield from pool.map(work, parts, chunksize=max(1, len(parts) // (8 * jobs)))
