"""`yes-no-words`: a word is listed for yes, or for no, that callers mean otherwise.

What is listed wins over what the program knows of a language. So a caller who says "not sure" is taken to have refused
where it stands under `no`, and one who says "no problem" as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.speech.packs import pack_for
from ivr.speech.polarity import doubts, polarity
from ivr.steps.compiling import AnswerWords

FAILS = """\
block:
  yes_no: {zh-CN: 现在锁卡，可以吗？, en-US: Shall we lock the card?}
  words: {yes: {zh-CN: [随便], en-US: [not now]}, no: {en-US: [keep it open, no problem]}}
  yes: goodbye
  no: goodbye
"""
PASSES = """\
block:
  yes_no: {zh-CN: 现在锁卡，可以吗？, en-US: Shall we lock the card?}
  words: {yes: {zh-CN: [锁], en-US: [lock it]}, no: {en-US: [keep it open, not now]}}
  yes: goodbye
  no: goodbye
"""
_ANSWERS = ("yes", "no")


def check(context: LintContext) -> Iterable[Finding]:
    """The words of each language, and those of each question."""
    for tag, language in context.hotline.languages.items():
        for answer in _ANSWERS:
            for n, problem in _wrong(answer, tag, getattr(language, answer)):
                yield context.source.finding(("languages", tag, answer, n), problem)
    for flow, step in context.steps():
        words = getattr(context.fields(flow.name, step.name), "words", None)
        if isinstance(words, AnswerWords):
            for path, problem in _at_question(words, context.languages):
                yield context.at(flow.name, step.name, problem, path=path)


def _at_question(words: AnswerWords, languages: Sequence[str]) -> Iterator[tuple[SourcePath, Problem]]:
    for answer in _ANSWERS:
        listed: Mapping[str, Sequence[str]] = getattr(words, answer)
        for tag, said in listed.items():
            for each in [tag] if tag else languages:
                for n, problem in _wrong(answer, each, said):
                    yield ("words", answer, *([tag] if tag else []), n), problem


def _wrong(answer: str, tag: str, words: Sequence[str]) -> Iterator[tuple[int, Problem]]:
    """The words that mean something else than the answer they are listed for, each with its place in the list."""
    pack = pack_for(tag)
    for n, word in enumerate(words if pack is not None else ()):
        assert pack is not None
        heard = polarity(word, pack)
        if heard == "unclear" and doubts(word, pack):
            message = Message("lint.yes-no-words.neither", word=word, answer=answer, language=tag)
        elif heard not in ("unclear", answer):
            message = Message("lint.yes-no-words.other", word=word, answer=answer, language=tag, heard=heard)
        else:
            continue
        yield n, Problem("yes-no-words", message, Message("lint.yes-no-words.hint"), "warning")


RULE = Rule(
    codes=("yes-no-words",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take it out.",
)  # fmt: skip
