"""`other-script`: words are in the script of another language than the one they stand under.

A voice leaves out characters it cannot read: the caller hears pauses. Mostly the words of two languages were swapped,
or a text was copied and not translated yet. Names and abbreviations in Latin letters are read in every language. A word
a caller may say is never heard in a script that the language is not written in: an English recogniser writes English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.prompts.missing_language import UNHEARD
from ivr.lint.rule import Rule
from ivr.lint.scripts import foreign_script, named, scripts_of
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source
from ivr.steps.fields import PLACEHOLDER

FAILS = """\
offers:
  menu: {zh-CN: Please choose a product., en-US: 请选择产品。}
  choices:
    1: {label: {zh-CN: 理财, en-US: 理财}, words: {zh-CN: [存款], en-US: [储蓄]}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择产品，或下载APP。, en-US: Please choose a product.}
  choices:
    1: {label: {zh-CN: VIP理财, en-US: savings}, words: {zh-CN: [存款], en-US: [deposits]}, next: goodbye}
"""
TextAt = tuple[Source, SourcePath, str, list[str], Mapping[str, str]]
"""A file, a place in it, the language there, its texts, and the same prompt's text in every language."""
SPOKEN = ("announce", "yes_no", "yes", "no")


def check(context: LintContext) -> Iterable[Finding]:
    """Every prompt and label, every language's own sentences and words, and the words of every choice."""
    for source, path, tag, texts, beside in _texts(context):
        scripts = {_foreign(tag, text) for text in texts}
        if texts and "" not in scripts and not (scripts == {"LATIN"} and _may_be_said(path, texts)):
            own, found = tuple(map(named, scripts_of(tag))), tuple(map(named, sorted(scripts)))
            message = Message("lint.other-script.found", scripts=found, language=tag, own=own)
            hint = Message("lint.other-script.hint", language=tag)
            if other := _swapped_with(tag, scripts, beside):
                hint = Message("lint.other-script.swapped-hint", language=tag, other=other)
            yield source.finding(path, Problem("other-script", message, hint, "warning"))


def _foreign(tag: str, text: str) -> str:
    return foreign_script(tag, PLACEHOLDER.sub(" ", text))


def _swapped_with(tag: str, scripts: set[str], beside: Mapping[str, str]) -> str:
    """The language of the same prompt that these words are written like, if its own are written like `tag`."""
    others = ((other, text) for other, text in beside.items() if other != tag and scripts <= set(scripts_of(other)))
    return next((other for other, text in others if _foreign(other, text) in scripts_of(tag)), "")


def _may_be_said(path: SourcePath, texts: Sequence[str]) -> bool:
    """Whether Latin letters may be meant: one word a caller may say, or a name as a label, such as English."""
    if len(texts) != 1:
        return False
    return (path[-2:-1] == ("words",) and len(texts[0].split()) == 1) or (
        path[-2:-1] == ("label",) and texts[0].isalpha() and texts[0].istitle()
    )


def _texts(context: LintContext) -> Iterator[TextAt]:
    """Texts by language: those of a list together, because a foreign word among others may be said."""
    for _, source, at, said in context.prompts:
        if said.whisper or at[-1] in UNHEARD:
            continue  # for the desk, in whatever language it speaks, or for nobody
        for path, tag, text in said.in_languages(at):
            yield source, path, tag, [text], said.text
    for tag, language in context.hotline.languages.items():
        for name in SPOKEN:
            texts = getattr(language, name)
            yield context.source, ("languages", tag, name), tag, [texts] if isinstance(texts, str) else texts, {}
    shortcuts = context.source.data.get("shortcuts")
    for key, shortcut in shortcuts.items() if isinstance(shortcuts, dict) else ():
        yield from _of_choice(context.source, ("shortcuts", key), shortcut)
    for flow in context.flows.values():
        for step, data in flow.source.data["steps"].items():
            yield from _of_choice(flow.source, ("steps", step), data)
            choices = data.get("choices") if isinstance(data, dict) else None
            for key, choice in choices.items() if isinstance(choices, dict) else ():
                yield from _of_choice(flow.source, ("steps", step, "choices", key), choice)


def _of_choice(source: Source, path: SourcePath, choice: object) -> Iterator[TextAt]:
    words = choice.get("words") if isinstance(choice, dict) else None
    if not isinstance(words, dict):
        return
    yield from _of_words(source, (*path, "words"), words)
    for answer in ("yes", "no"):
        yield from _of_words(source, (*path, "words", answer), words.get(answer))


def _of_words(source: Source, path: SourcePath, words: object) -> Iterator[TextAt]:
    """A list as a whole, and those of it apart that can never be heard in its language."""
    for tag, texts in words.items() if isinstance(words, dict) else ():
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            never = [n for n, text in enumerate(texts) if _foreign(tag, text) not in ("", "LATIN")]
            if 0 < len(never) < len(texts):
                yield from ((source, (*path, tag, n), tag, [texts[n]], {}) for n in never)
            else:
                yield source, (*path, tag), tag, texts, {}


RULE = Rule(
    codes=("other-script",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write the words in the language they stand under.",
)  # fmt: skip
