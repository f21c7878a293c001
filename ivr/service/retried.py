"""The only place that repeats a transaction which lost to another writer."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from ivr.service.ports import Conflict, Store, Transaction

MOST_CONFLICTS = 3
"""A webhook may be repeated at most this often: each loss means that another request of the same call was kept."""
MOST_BY_STAFF = 60
"""Many people may write on one case at once; each loss means that somebody else's move was kept."""
LONGEST_PAUSE = 0.02
Result = TypeVar("Result")


def retried(store: Store, work: Callable[[Transaction], Result], *, most: int = MOST_CONFLICTS) -> Result:
    """Run `work` in one transaction, from the start again after each `Conflict`, `most` times: it must do nothing but
    read and write through its transaction. `StoreUnavailable` where the database cannot be used in time, or after the
    last conflict. Who loses often waits a little: a caller never does.
    """
    with store.together():
        for lost in range(most):
            try:
                with store.transaction() as tx:
                    return work(tx)
            except Conflict:
                if lost >= MOST_CONFLICTS:
                    time.sleep(random.uniform(0.0, LONGEST_PAUSE))  # noqa: S311
        with store.transaction() as tx:
            return work(tx)
