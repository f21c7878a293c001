"""Every language says the same sentences, with the same values; every sentence of the program is in the catalogue."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ivr.cli.main import COMMANDS, commands
from ivr.messages.catalogue import catalogue, language_like, languages
from ivr.messages.message import Message

IVR = Path(__file__).parents[2] / "ivr"
OTHERS = languages()[1:]
FILES = [*sorted(IVR.rglob("*.py")), IVR.parent / "webhooks.py"]
MODULES = {path.relative_to(IVR.parent): ast.parse(path.read_text("utf-8")) for path in FILES}
ENGLISH = catalogue("en").sentences


def fields(sentence: str) -> set[str]:
    """The values a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def made() -> Iterator[tuple[str, int, str, set[str] | None]]:
    """Every `Message("code", value=...)` in the program: file, line, code, and its values (None: `**values`)."""
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names = [keyword.arg for keyword in node.keywords]
                    yield str(path), node.lineno, first.value, None if None in names else set(filter(None, names))


def written_codes() -> set[str]:
    """Every string constant of the program that is a code of the catalogue."""
    return {
        node.value
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ENGLISH
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_sentences(language: str) -> None:
    assert set(catalogue(language).sentences) == set(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_names_the_same_values_in_every_language(language: str) -> None:
    theirs = catalogue(language).sentences
    differ = {code for code in ENGLISH if code in theirs and fields(theirs[code]) != fields(ENGLISH[code])}
    assert not differ


def test_every_message_is_made_with_the_values_its_sentence_names() -> None:
    wrong = [
        f"{file}:{line} {code}: {sorted(values ^ fields(ENGLISH[code])) if values is not None else ''}"
        for file, line, code, values in made()
        if code not in ENGLISH or (values is not None and values != fields(ENGLISH[code]))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_sentence_of_the_catalogue_is_said_somewhere() -> None:
    assert set(ENGLISH) - written_codes() == set()


def test_chinese_sentences_are_chinese() -> None:
    """Half-width stops between Chinese characters, or a sentence left in English."""
    theirs = catalogue("zh-CN").sentences
    half = [code for code, text in theirs.items() if re.search(r"[\u4e00-\u9fff][,;:!?.](\s|$|[\u4e00-\u9fff])", text)]
    english = [
        code
        for code, text in theirs.items()
        if re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", re.sub(r"`[^`]*`|\{[^}]*\}|“[^”]*”", "", text))
    ]
    assert (half, english) == ([], [])


def _options() -> Iterator[str]:
    def of(command: click.Command, path: str) -> Iterator[str]:
        yield f"{path}."
        for option in command.params:
            own = option.opts[0] != "--lang" or option.expose_value
            if isinstance(option, click.Option) and own and not option.hidden:
                yield f"{path}.{option.opts[0]}"
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield from of(inner, f"{path}.{name}")

    for name in COMMANDS:
        found = commands.get_command(click.Context(commands), name)
        assert found is not None
        yield from of(found, name)


@pytest.mark.parametrize("language", OTHERS)
def test_every_command_and_option_has_its_help_in_every_language(language: str) -> None:
    assert set(catalogue(language).help) == set(_options())


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh", "zh-CN"), ("zh_CN.UTF-8", "zh-CN"), ("ZH-cn", "zh-CN"), ("en-GB", "en"), ("fr", ""), ("", ""), ("C", "")],
)
def test_a_tag_is_taken_as_people_write_it(tag: str, language: str) -> None:
    assert language_like(tag) == language


def test_a_message_joins_counts_and_quotes_as_its_language_does() -> None:
    total = Message("finding.total", files=1, errors=0, warnings=1200)
    assert total == "1 file: 0 errors, 1,200 warnings"
    assert total.in_language("zh-CN") == "1 个文件：0 处错误，1200 处警告"
    told = Message("command.language", by="--lang", tag="fr", known=("en", "zh-CN", "x"))
    assert "en, zh-CN or x" in told
    assert "en、zh-CN或x" in told.in_language("zh-CN")
