"""What a command does in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context


def beside(do: Callable[[], None]) -> None:
    """Do it in a thread, which speaks the reader's language too, until the process ends."""
    threading.Thread(target=copy_context().run, args=(do,), daemon=True).start()
