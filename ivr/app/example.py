"""The example hotline, from wherever it was installed to: its flows, and the calls that try them."""

from __future__ import annotations

import shutil
from pathlib import Path

import ivr
from ivr.errors import InvalidArgument

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
            raise InvalidArgument(f"{folder / part} is there already; name another folder: `ivr new hotline FOLDER`.")
    try:
        for part in PARTS:
            shutil.copytree(example_folder() / part, folder / part, copy_function=shutil.copyfile)
    except OSError as failed:
        raise InvalidArgument(f"{folder} cannot be written: {failed.strerror or failed}.") from failed
    return sum(path.is_file() for part in PARTS for path in (folder / part).rglob("*"))
