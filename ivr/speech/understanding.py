"""One order in which everything said to a question is understood, whatever its kind (docs/adr/0022).

Not surely heard is not understood. Then: a key named, the words of urgent choices, shortcuts, the words of the other
choices, yes or no, topics.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ivr.speech.clause import LONGEST_SEARCHED
from ivr.speech.named_key import named_key
from ivr.speech.net import fold_words
from ivr.speech.pack import Pack
from ivr.speech.packs import pack_for
from ivr.speech.polarity import BareYes, bare_yes, holds_back, polarity
from ivr.speech.understood import NOT_UNDERSTOOD, Outcome, Topics, Understood, one_or_ask
from ivr.speech.words import NO_WORDS, Caught, Word, Words


class Asked(NamedTuple):
    """A question as it listens in one language.

    `keys`: choices by key; `words`: what may be said for them; `answers`: its choices are yes and no, and what is said
    is read whole; `topics`: None where it has none; `floor`: the confidence below which nothing is understood; `asks`:
    where several choices fit, it asks which; `language`: the tag of what is spoken.
    """

    keys: Mapping[str, str] = {}
    words: Words = NO_WORDS
    answers: Pack | None = None
    topics: Topics | None = None
    floor: float = 0.0
    asks: bool = False
    language: str = ""


class Shortcuts(NamedTuple):
    """The shortcuts that hold at a question: keys as they are said, and words. `whole`: any utterance is an answer
    there, so that only one that is nothing but a shortcut's word is no answer."""

    keys: Collection[str] = ()
    words: Words = NO_WORDS
    whole: bool = False


NO_SHORTCUTS = Shortcuts()


def understand(text: str, confidence: float | None, asked: Asked, shortcuts: Shortcuts = NO_SHORTCUTS) -> Understood:
    """What an utterance means at a question. `confidence` None: not known, and so good enough."""
    if confidence is not None and confidence < asked.floor:
        return NOT_UNDERSTOOD
    key = named_key(text)
    if key in shortcuts.keys:
        return Understood("shortcut", key, by="key")
    if key in asked.keys:
        return Understood("choice", asked.keys[key], by="key")
    caught = _not_refused(asked.words.caught(text), text, asked) if asked.answers is None else ()
    urgent = _said(caught, asked, urgent=True)
    if urgent is not NOT_UNDERSTOOD:
        return urgent
    found = shortcuts.words.longest(shortcuts.words.caught(text, whole=shortcuts.whole))
    if len(found.names) == 1:
        return Understood("shortcut", found.names[0], by="word", caught=found.written)
    if asked.answers is not None:
        answer = polarity(text, asked.answers)
        return NOT_UNDERSTOOD if answer == "unclear" else Understood("choice", answer, by="polarity")
    said = _said(caught, asked, urgent=False)
    if said is NOT_UNDERSTOOD and not caught:
        said = _by_yes(text, asked)
    return said if said is not NOT_UNDERSTOOD or asked.topics is None else _by_topic(text, asked.topics, asked.words)


def _by_yes(text: str, asked: Asked) -> Understood:
    """A bare yes is the one choice that is said with a yes. Where those words only say that something is so, as to "am
    I speaking to ...", being willing ("okay") is no answer."""
    pack = pack_for(asked.language)
    said = bare_yes(text, pack) if pack else None
    if said is None:
        return NOT_UNDERSTOOD
    fits = {said, "willing"} if said == "so" else {said}
    meant = {word.name for word in asked.words.words if fits & _kinds(word, asked.language)}
    return Understood("choice", meant.pop(), by="polarity") if len(meant) == 1 else NOT_UNDERSTOOD


@lru_cache(maxsize=4096)
def _kinds(word: Word, language: str) -> frozenset[BareYes]:
    """As which bare yes a word of a choice may be said. Willing are those that mean nothing else, such as "okay": who
    lists "call me back" means just that."""
    pack = pack_for(language)
    if pack is None:
        return frozenset()
    yeses = [yes for yes in _yeses(word.net.written, language) if bare_yes(yes, pack) == "so" or yes in pack.leads]
    return frozenset(kind for yes in yeses if (kind := bare_yes(yes, pack)))


def _not_refused(caught: Sequence[Caught], text: str, asked: Asked) -> Sequence[Caught]:
    """Without the words that are a yes, where the whole utterance is none: "sure not", 好的不用了."""
    pack = pack_for(asked.language)
    if pack is None or not caught:
        return caught
    said = fold_words(text[:LONGEST_SEARCHED])
    agreeing = [each for each in caught if any(yes in said for yes in _yeses(each.word.net.written, asked.language))]
    if agreeing and not holds_back(text, pack):
        agreeing = [each for each in agreeing if _says_more(each, said, text, asked, pack)]
    return [each for each in caught if each.word.urgent or each not in agreeing]


def _says_more(caught: Caught, said: str, text: str, asked: Asked, pack: Pack) -> bool:
    """Whether a mere "yes" was caught, and more was said with it, at a question whether something is so: "yes, she is
    my wife" is not who was asked for. A word that says it by itself, such as "this is she", counts all the same."""
    if any(kind == "willing" for each in asked.words.of(caught.word.name) for kind in _kinds(each, asked.language)):
        return False
    yeses = [yes for yes in _yeses(caught.word.net.written, asked.language) if yes in said]
    return all(yes in pack.so for yes in yeses) and bare_yes(text, pack) != "so"


@lru_cache(maxsize=4096)
def _yeses(written: str, language: str) -> tuple[str, ...]:
    """What in a word of a choice, or in a net of any-of, is a yes of the language."""
    pack = pack_for(language)
    if pack is None or " + " in written:
        return ()
    phrases = (fold_words(each) for each in written.split(" - ")[0].split("/"))
    return tuple(each for each in phrases if polarity(each, pack) == "yes")


def _said(caught: Collection[Caught], asked: Asked, *, urgent: bool) -> Understood:
    found = asked.words.longest(caught, urgent=urgent)
    return one_or_ask(found.names, "word", found.written, asks=asked.asks)


def _by_topic(text: str, topics: Topics, words: Words) -> Understood:
    best = topics.best(text, words.refused(text))
    if best.at_once:
        outcome: Outcome = "shortcut" if best.shortcut else "choice"
        return Understood(outcome, best.names[0], by="topic", topic=best.topic, scores=best.scores)
    if best.names:
        return Understood("ask", names=best.names, by="topic", scores=best.scores)
    return NOT_UNDERSTOOD._replace(scores=best.scores)
