"""Every place where an author writes what callers may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.source.scalars import SourcePath
from ivr.steps.compiling import AnswerWords


class WordAt(NamedTuple):
    """A word as written and where it stands: its flow and step, both empty in hotline.yaml, and its path there.
    `answers`: it is a word for yes or no."""

    written: str
    flow: str
    step: str
    path: SourcePath
    answers: bool = False

    def finding(self, context: LintContext, problem: Problem) -> Finding:
        """A finding at this place."""
        if not self.flow:
            return context.source.finding(self.path, problem)
        return context.at(self.flow, self.step, problem, path=self.path)


def words_at(context: LintContext) -> Iterator[WordAt]:
    """Those of the hotline, then those of each step."""
    for tag, language in context.hotline.languages.items():
        for answer in ("yes", "no"):
            for n, word in enumerate(getattr(language, answer)):
                yield WordAt(word, "", "", ("languages", tag, answer, n), answers=True)
    for pressed, shortcut in context.hotline.shortcuts.items():
        for path, word in _listed(shortcut.words):
            yield WordAt(word, "", "", ("shortcuts", pressed, *path))
    for flow, step, _, choices in menus_of(context):
        for key, choice in choices.items():
            for path, word in _listed(choice.get("words", {})):
                yield WordAt(word, flow, step, ("choices", key, *path))
    for compiled, at in context.steps():
        words = getattr(context.fields(compiled.name, at.name), "words", None)
        if isinstance(words, AnswerWords):
            for answer in ("yes", "no"):
                for path, word in _listed(getattr(words, answer)):
                    yield WordAt(word, compiled.name, at.name, ("words", answer, *path[1:]), answers=True)


def _listed(words: Mapping[str, Sequence[str]] | Sequence[str] | Any) -> Iterator[tuple[SourcePath, str]]:
    """Each word with its path, inside the mapping that has `words`."""
    if isinstance(words, Mapping):
        for tag, said in words.items():
            yield from ((("words", *([tag] if tag else []), n), word) for n, word in enumerate(said))
    else:
        yield from ((("words", n), word) for n, word in enumerate(words or ()))
