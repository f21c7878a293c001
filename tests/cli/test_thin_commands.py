"""A command is one click command in a short file of its own, and no library for others."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from ivr.cli.cases_command import command as cases_command
from ivr.cli.main import COMMANDS, commands

IVR = Path(__file__).parents[2] / "ivr"
CASES = cases_command.commands
FILES = sorted((IVR / "cli").glob("*_command.py"))


def test_every_command_has_a_file_named_after_it() -> None:
    assert sorted(COMMANDS) == [path.name.removesuffix("_command.py") for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_command_s_file_is_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 80


def test_nothing_imports_a_command_s_file() -> None:
    importing = re.compile(r"^\s*(?:from|import) .*\b\w+_command\b", re.M)

    assert [path for path in IVR.rglob("*.py") if importing.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_what_its_options_mean(name: str) -> None:
    found = commands.get_command(click.Context(commands), name)

    assert found is not None and found.help
    assert [option.name for option in found.params if isinstance(option, click.Option) and not option.help] == []


@pytest.mark.parametrize("name", CASES)
def test_no_option_of_a_case_s_command_has_two_meanings(name: str) -> None:
    options = [option for parameter in CASES[name].params for option in parameter.opts]

    assert sorted(set(options)) == sorted(options)
