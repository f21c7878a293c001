"""TwiML from verbs: well-formed by construction, prompts compiled once per release, values escaped on their way in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from ivr.call.phone import is_number
from ivr.call.verbs import MOST_HINTS, Ask, Hangup, LastResort, RecordVerb, Speak, TransferVerb, Verb
from ivr.flow.model import Language, Release, Slot
from ivr.flow.words import parts_in, runs
from ivr.twilio.fixed import HEAD, TAIL, apology, goodbye, last_resort_call

LARGEST = 64_000
_AS_THEY_ARE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
LONGEST_SAY = 4400
"""URL-encoded characters a Say may have are 4,500 (error 13521); one Chinese character is nine of them."""
LONGEST_BREAK = 10_000
"""Milliseconds a voice keeps silent in one break, at most."""
LONGEST_SPOKEN = 2900
"""Characters a Polly voice will speak are 3,000."""
RETRY = "#rc=2&amp;rp=5xx,ct,rt"
"""Asks Twilio to try again twice, also after a 5xx, a timeout or a broken connection."""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SENTENCE = re.compile(r"(?<=[。！？；.!?;])")


class DocumentTooLarge(Exception):
    """Twilio refuses a document over 64 kB."""


def text_of(raw: str) -> str:
    """Text as a document may hold it."""
    return escape(_ILLEGAL.sub("", raw))


def cut(text: str) -> list[str]:
    """A text in pieces that Twilio accepts, cut between sentences if possible."""
    pieces: list[str] = []
    now = ""
    for sentence in _SENTENCE.split(text):
        for part in _bounded(sentence):
            if now and not _speakable(now + part):
                pieces.append(now)
                now = ""
            now += part
    return [*pieces, now] if now.strip() else pieces


def _speakable(text: str) -> bool:
    return len(text) <= LONGEST_SPOKEN and quoted_length(text) <= LONGEST_SAY


def quoted_length(text: str) -> int:
    """How long a text is when it is URL-encoded: each byte that is no letter, digit or mark of these is three then.
    Counted, for encoding it costs a third of a turn that reads a case back."""
    encoded = text.encode()
    return len(encoded) + 2 * len(encoded.translate(None, _AS_THEY_ARE))


def _bounded(sentence: str) -> list[str]:
    if _speakable(sentence):
        return [sentence]
    size = LONGEST_SAY // 12
    return [sentence[at : at + size] for at in range(0, len(sentence), size)]


def said_in(runs: Iterable[tuple[float, str]]) -> Sequence[str]:
    """The contents of the Say elements of a prompt, given its words between pauses. A pause is a `break` of the seconds
    the author's own prompt was read to have: no text, neither an author's nor a caller's, becomes markup."""
    bodies: list[str] = []
    now = plain = ""
    silence = 0.0
    for before, text in runs:
        silence += before
        for piece in cut(_ILLEGAL.sub("", text)):
            mark = _break(silence)
            if plain and (not mark or not _speakable(plain + mark + piece)):
                bodies.append(now)
                now = plain = ""
            now += mark + escape(piece)
            plain += mark + piece
            silence = 0.0
    return [*bodies, now + _break(silence)] if plain else bodies


def _break(silence: float) -> str:
    return f'<break time="{min(LONGEST_BREAK, round(silence * 1000))}ms"/>' if silence else ""


class Documents:
    """Makes the documents of an installation: `prefix` is the public URL's path, `last_resort` a number or empty."""

    def __init__(self, prefix: str, last_resort: str) -> None:
        self.prefix, self.last_resort = escape(prefix.rstrip("/"), {'"': "&quot;"}), last_resort
        self._pages: dict[Release, _Page] = {}
        self._numbers: Mapping[str, str] = {}

    def render(self, release: Release, verbs: Sequence[Verb], next_turn: int, line: str) -> str:
        """The document of a turn; its URLs name the next one. `line` is the number a desk sees."""
        page = self._pages.get(release)
        if page is None:
            page = self._pages[release] = _Page(release)
            self._numbers = release.numbers or self._numbers
        action = f"{self.prefix}/voice/t/{next_turn}"
        said: list[str] = []
        heard_out = 0
        for verb in verbs[:-1]:
            if isinstance(verb, Speak):
                said.append(page.say(verb))
                if not verb.interrupt:
                    heard_out = len(said)
        document = "".join(
            (HEAD, *self._end(page, verbs[-1], (said[:heard_out], said[heard_out:]), action, line), TAIL)
        )
        if len(document) * 4 > LARGEST and len(document.encode()) > LARGEST:
            raise DocumentTooLarge(f"{len(document)} characters")
        return document

    def _end(self, page: _Page, last: Verb, spoken: _Spoken, action: str, line: str) -> Sequence[str]:
        if isinstance(last, Ask):
            return (*spoken[0], page.gather(last, action), *spoken[1], page.after(action))
        said = (*spoken[0], *spoken[1])
        match last:
            case RecordVerb():
                return (*said, self._record(page, last, action))
            case TransferVerb():
                return (*said, self._dial(page.release, last, action, line))
            case LastResort() if self.last_resort:
                shown = caller_id(line, page.release.numbers)
                return (*said, last_resort_call(self.last_resort, shown), goodbye())
            case LastResort():  # the release's own words promise a person
                return (goodbye(),)
            case Hangup():
                return (*said, "<Hangup/>")
        return (*said, page.say(last) if isinstance(last, Speak) else "", "<Hangup/>")

    def _record(self, page: _Page, verb: RecordVerb, action: str) -> str:
        turn = action.rsplit("/", 1)[1]
        transcript = f' transcribeCallback="{self.prefix}/voice/transcript/{turn}{RETRY}"'
        if verb.language.startswith("en"):  # Twilio transcribes English only; others post a text to the same URL
            transcript = f' transcribe="true"{transcript}'
        return (
            f'<Record action="{action}{RETRY}" method="POST" finishOnKey={quoteattr(verb.end_keys)}'
            f' maxLength="{verb.at_most}" timeout="{seconds(verb.wait)}" playBeep="true"'
            f' recordingStatusCallback="{self.prefix}/voice/recording/{turn}{RETRY}"{transcript}/>'
            f"<Redirect>{action}{RETRY}</Redirect>"
        )

    def _dial(self, release: Release, verb: TransferVerb, action: str, line: str) -> str:
        destination = release.destinations[verb.destination]
        turn = action.rsplit("/", 1)[1]
        whisper = f' url="{self.prefix}/voice/whisper/{turn}"' if verb.whisper else ""
        kind = "Number" if destination.number.startswith("+") else "Sip"
        own = caller_id(line, release.numbers)
        shown = f' callerId="{own}"' if own else ""
        return (
            f'<Dial action="{action}{RETRY}" method="POST" timeout="{verb.ring}"{shown}>'
            f"<{kind}{whisper}>{text_of(destination.number)}</{kind}></Dial>"
        )

    def apology(self, line: str) -> str:
        """The last document of all, for which no release is needed; of a release it takes a number of ours where the
        one dialled is none."""
        return apology(self.last_resort, caller_id(line, self._numbers))

    def whisper(self, release: Release, prompt: str, language: str, values: Mapping[str, str]) -> str:
        """What the desk hears before it is put through."""
        page = self._pages.setdefault(release, _Page(release))
        return HEAD + page.say(Speak(prompt, language, values)) + TAIL


def caller_id(line: str, numbers: Mapping[str, str]) -> str:
    """The number of ours that whoever is rung sees: the one dialled; where that is none, as in a call by SIP, the first
    of hotline.yaml. Empty where there is none either."""
    return line if line in numbers or is_number(line) else next(iter(numbers), "")


def seconds(wait: float) -> int:
    """Whole seconds, at least one."""
    return max(1, round(wait))


_Spoken = tuple[Sequence[str], Sequence[str]]
"""What is said before a key may interrupt it, and after."""


class _Page:
    """A release's prompts, compiled: text escaped and cut once, slots filled at the turn."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._open = {tag: _say_tag(language) for tag, language in release.languages.items()}
        self._said: dict[tuple[str, str], str] = {}
        self._gathers: dict[Ask, tuple[str, str]] = {}

    def say(self, verb: Speak) -> str:
        """A prompt in its language and voice."""
        key = (verb.prompt, verb.language)
        known = self._said.get(key)
        if known is not None:
            return known
        opened = self._open.get(verb.language) or next(iter(self._open.values()))
        said = said_in(runs(self.release, verb.prompt, verb.language, verb.values))
        made = "".join(f"{opened}{body}</Say>" for body in said)
        if not any(isinstance(part, Slot) for part in parts_in(self.release.prompts[verb.prompt], verb.language)):
            self._said[key] = made
        return made

    def gather(self, ask: Ask, action: str) -> str:
        """The opening tag of a question."""
        known = self._gathers.get(ask)
        if known is None:
            known = self._gathers[ask] = self._compile_gather(ask)
        return f"{known[0]}{action}{known[1]}"

    def _compile_gather(self, ask: Ask) -> tuple[str, str]:
        language = self.release.languages[ask.language]
        attributes = f' timeout="{seconds(ask.wait)}" finishOnKey={quoteattr(ask.end_key)}'
        if ask.digits:
            attributes += f' numDigits="{ask.digits}"'
        if ask.speech:
            attributes += f' speechTimeout="{seconds(ask.gap)}" language={quoteattr(language.listen)}'
            hints = self._hints(ask)
            attributes += f" hints={quoteattr(hints)}" if hints else ""
        kind = "dtmf speech" if ask.speech else "dtmf"
        return f'<Gather input="{kind}" action="', f'{RETRY}" method="POST"{attributes}>'

    def _hints(self, ask: Ask) -> str:
        words = self.release.hints.get(ask.hints, {}).get(ask.language, ())
        short = [_ILLEGAL.sub("", word).replace(",", " ")[:100] for word in words]
        return ",".join([*dict.fromkeys(short)][:MOST_HINTS])

    def after(self, action: str) -> str:
        """What follows a question: silence is the same turn without parameters."""
        return f"</Gather><Redirect>{action}{RETRY}</Redirect>"


def _say_tag(language: Language) -> str:
    return f"<Say voice={quoteattr(language.voice)} language={quoteattr(language.speak)}>"
