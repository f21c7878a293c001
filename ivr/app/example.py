"""The example hotline, from wherever it was installed to: its flows, and the calls that try them."""

from __future__ import annotations

import shutil
from pathlib import Path

import ivr
from ivr.errors import InvalidArgument
from ivr.messages.message import Message

PACKAGE = Path(ivr.__file__).parent
PARTS = ("flows", "tests/calls", "tests/flows")


def example_folder() -> Path:
    """Where the example lies: in the installed package, or in the checkout around it."""
    installed = PACKAGE / "example"
    return installed if installed.is_dir() else PACKAGE.parent


def make_hotline(folder: Path) -> int:
    """Copy the example into a folder, which is made; how many files. `InvalidArgument` where a part of it is there
    already: nothing is overwritten."""
    for part in PARTS:
        if (folder / part).exists():
            raise InvalidArgument(Message("app.example.exists", path=str(folder / part)))
    try:
        for part in PARTS:
            shutil.copytree(example_folder() / part, folder / part, copy_function=shutil.copyfile)
    except OSError as failed:
        raise InvalidArgument(
            Message("app.example.not-written", folder=str(folder), why=failed.strerror or str(failed))
        ) from failed
    return sum(path.is_file() for part in PARTS for path in (folder / part).rglob("*"))
