"""Work spread over processes, with a progress bar where somebody looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import click

Part = TypeVar("Part")
Result = TypeVar("Result")


def spread(work: Callable[[Part], Result], parts: Sequence[Part], jobs: int) -> Iterator[Result]:
    """The result of each part, in order. With one job all is done in this process."""
    if jobs == 1 or len(parts) < 2:
        yield from _shown(map(work, parts), len(parts))
        return
    with ProcessPoolExecutor(min(jobs, len(parts))) as pool:
        yield from _shown(pool.map(work, parts, chunksize=max(1, len(parts) // (8 * jobs))), len(parts))


def _shown(results: Iterator[Result], count: int) -> Iterator[Result]:
    """The results; on a terminal a bar on stderr shows how far they are."""
    if not sys.stderr.isatty():
        yield from results
        return
    with click.progressbar(results, length=count, file=sys.stderr, label="replaying") as bar:
        yield from bar
