"""The only place that repeats a transaction which lost to another writer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ivr.service.ports import Conflict, Store, Transaction

MOST_CONFLICTS = 3
"""A webhook may be repeated at most this often: each loss means that another request of the same call was kept."""
Result = TypeVar("Result")


def retried(store: Store, work: Callable[[Transaction], Result]) -> Result:
    """Run `work` in one transaction, from the start again after each `Conflict`: it must do nothing but read and write
    through its transaction. `StoreUnavailable` where the database cannot be used in time, or after the last conflict.
    """
    with store.together():
        for _ in range(MOST_CONFLICTS):
            try:
                with store.transaction() as tx:
                    return work(tx)
            except Conflict:
                continue
        with store.transaction() as tx:
            return work(tx)
