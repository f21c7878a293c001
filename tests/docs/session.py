"""What a page shows as typed, run in a folder of its own: edits, commands, and what they print.

A block `diff FILE` is an edit of that file. A block `console` has commands behind `$`, each with its output below it;
lines that begin with `>` are typed into the command. A line `...` stands for any lines, `…` for anything in a line.
"""

from __future__ import annotations

import pkgutil
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from small_flows import ROOT, Block

import ivr.cli
from ivr.app import wiring

Run = Callable[..., "object"]
THE_DAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MAY_DIFFER = re.compile(r"\b\d+(?:\.\d+)? s\b|\b\d+ calls/s\b|\b[0-9a-f]{12}\b")
"""How long something took; the hash of a release, which any change of docs/small changes."""


class _Pinned(type):
    def __getattr__(cls, name: str) -> Any:
        return getattr(datetime, name)

    def __call__(cls, *parts: Any, **named: Any) -> datetime:
        return datetime(*parts, **named)  # noqa: DTZ001

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


class PinnedTime(metaclass=_Pinned):
    """`datetime` at the moment at which the pages' commands were typed; all it makes is datetimes as they are."""

    @staticmethod
    def now(zone: tzinfo | None = None) -> datetime:
        return THE_DAY.astimezone(zone)


def pin_the_day(patch: pytest.MonkeyPatch) -> None:
    """From now on every command runs at THE_DAY, and so does what it asks the database's clock."""
    patch.setattr(wiring, "datetime", PinnedTime)
    for found in pkgutil.walk_packages(ivr.cli.__path__, "ivr.cli."):
        if not found.name.endswith("pytest_hotlines"):
            module = import_module(found.name)
            if getattr(module, "datetime", None) is datetime:
                patch.setattr(module, "datetime", PinnedTime)


def pin_the_clock(patch: pytest.MonkeyPatch) -> None:
    """From now on what staff do is done half an hour later: the calls of the page are over then."""

    class Later(PinnedTime):
        @staticmethod
        def now(zone: tzinfo | None = None) -> datetime:
            return (THE_DAY + timedelta(minutes=30)).astimezone(zone)

    patch.setattr(wiring, "datetime", Later)


@dataclass
class Session:
    """A reader who does what the page says, in `folder`."""

    folder: Path
    run: Run
    environ: dict[str, str] = field(default_factory=dict)

    def follow(self, block: Block) -> None:
        """Do what a block says, and compare what it shows."""
        if block.info.startswith("diff "):
            self.edit(block.info.split()[1], block.text)
        elif block.info == "console":
            for command, shown in commands_of(block.text):
                printed = self.type(command, [line[2:] for line in shown if line.startswith("> ")])
                assert fits(shown, printed), f"{block}: $ {command}\n{printed}"

    def edit(self, file: str, diff: str) -> None:
        path = self.folder / file
        text, lines = path.read_text(encoding="utf-8"), diff.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "- ")
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in "+ ")
        assert text.count(old) == 1, f"{file}: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def type(self, command: str, given: list[str]) -> str:
        """What a command prints, as the reader sees it."""
        word, *rest = shlex.split(command, comments=True)
        if word == "cp":
            shutil.copytree(ROOT / rest[1], self.folder / rest[2])
        elif word == "export":
            self.environ.update(pair.split("=", 1) for pair in rest)
        elif word == "mkdir":
            (self.folder / rest[-1]).mkdir(parents=True)
        elif word.endswith("ivr"):
            done = self.run(*rest, given="".join(f"{line}\n" for line in given), **self.environ)
            return str(getattr(done, "stdout", "")) + str(getattr(done, "stderr", ""))
        else:
            raise AssertionError(f"{command}: nobody here can type that")
        return ""


def commands_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines below it."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def fits(shown: list[str], printed: str) -> bool:
    """Whether a page shows what was printed, but for what may differ."""
    pattern = ""
    for line in (line for line in shown if line.strip()):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part.strip()) for part in MAY_DIFFER.sub("…", line).split("…")) + r"\n"
    lines = [line.strip() for line in printed.splitlines()]
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines if line)) is not None
