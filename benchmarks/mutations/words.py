"""Mistakes about what is said."""

from __future__ import annotations

from collections.abc import Iterator

from mutations.data import Data, Edits, Operator, Path, put, said, take


def _prompts(fields: Data) -> Iterator[tuple[Path, Data]]:
    for key, value in fields.items():
        if isinstance(value, dict) and "zh-CN" in value:
            yield (key,), value
        if key == "choices":
            yield from (((key, k, "label"), c["label"]) for k, c in value.items() if "label" in c)


def _drop_language(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        for tag in prompt:
            yield f"{said(path)} {tag}", take(file, step, (*path, tag))


def _swap_languages(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        swapped = dict(zip(prompt, reversed(prompt.values()), strict=True))
        yield said(path), put(file, step, path, swapped)


def _no_words(file: str, step: str, fields: Data, data: Data) -> Edits:
    for path, prompt in _prompts(fields):
        if path[0] != "again":
            yield said(path), put(file, step, path, dict.fromkeys(prompt, "。"))


OPERATORS: dict[str, Operator] = {
    "a language deleted": _drop_language,
    "languages swapped": _swap_languages,
    "words gone": _no_words,
}
