"""One telephone call as the provider leads it: documents followed to the letter, the caller's acts sent as webhooks."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal
from urllib.parse import urldefrag, urljoin

from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.document import DocumentRefused, Element, read_document
from ivr.carrier.gathering import gathered
from ivr.carrier.recorded import Recorded
from ivr.carrier.refused import without_end, would_refuse
from ivr.carrier.signing import FormPairs
from ivr.carrier.standard_fields import CallFields, Direction
from ivr.carrier.told import Told
from ivr.carrier.wrong_acts import Act, cannot, nothing_to_refuse, takes_now

WaitingFor = Literal["gather", "record", "dial", "ended"]
NotAnswered = Literal["busy", "no-answer", "failed", "canceled"]
DialOutcome = Literal["answered", "busy", "no-answer", "failed"]
MOST_HOPS = 30
WAITS: dict[str, WaitingFor] = {"Gather": "gather", "Record": "record", "Dial": "dial"}
DIALLED: dict[str, str] = {"answered": "completed", "busy": "busy", "no-answer": "no-answer", "failed": "failed"}


class WrongAction(Exception):
    """The caller cannot do this now, such as recording while a menu listens; `told` says why."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told


@dataclass(frozen=True, slots=True)
class HeardPrompt:
    """What the caller heard in one Say, and in which language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumberSetup:
    """How a number is set up, or a call that is placed: its URLs and the account it belongs to."""

    voice: str
    status: str = ""
    fallback: str = ""
    detection: str = ""
    account: str = "AC" + "0" * 32

    @classmethod
    def of(cls, url: str) -> PhoneNumberSetup:
        """A number whose three webhooks stand at their usual paths below this URL."""
        return cls(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback")


@dataclass(slots=True, kw_only=True)
class PhoneCall:
    """A call in progress. `heard` holds what was said since the caller's last act; `waiting` what the line waits for.

    `pause` is called with the seconds of each Pause. `refused` collects every document the provider would not take.
    With `early_end` the news that the call is over overtakes a message that was cut short, as it may on the way.
    A call that the hotline has placed is `answered` or `not_answered` instead of being dialled; `caller` is the
    hotline's own number then.
    """

    delivery: Delivery
    number: PhoneNumberSetup
    caller: str
    called: str
    call: str = field(default_factory=lambda: "CA" + secrets.token_hex(16))
    pause: Callable[[int], None] = lambda seconds: None
    early_end: bool = False
    direction: Direction = "inbound"
    waiting: WaitingFor = "ended"
    heard: list[HeardPrompt] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    turns: int = 0
    _at: str = ""
    _left: list[Element] = field(default_factory=list)
    _now: Element | None = None
    _recordings: int = 0
    _late: list[tuple[str, FormPairs]] = field(default_factory=list)

    @property
    def asked(self) -> Mapping[str, str]:
        """The attributes of what the line waits for: its hints, its number of digits, its waiting time."""
        return self._now.attributes if self._now is not None else {}

    def dial(self) -> None:
        """Ring; the hotline answers."""
        self._fetch(self.number.voice, [], status="ringing")

    def answered(self, by: str = "") -> None:
        """A call that the hotline has placed is taken up; `by` what the network waited to find out: `human`,
        `machine_start`, ..., empty where it did not look."""
        self._fetch(self.number.voice, [("AnsweredBy", by)] if by else [])

    def detected(self, by: str, milliseconds: int = 3200) -> None:
        """The network finds out while the call goes on who has taken it up, and tells of it apart."""
        if self.number.detection:
            ids = [("CallSid", self.call), ("AccountSid", self.number.account)]
            found = [("AnsweredBy", by), ("MachineDetectionDuration", str(milliseconds))]
            self._notify(self.number.detection, [*ids, *found])

    def not_answered(self, status: NotAnswered) -> None:
        """A call that the hotline has placed is not taken up."""
        self._tell_end(status, 0)

    def press(self, keys: str) -> None:
        """Press keys. Keys that the question does not wait for any more are lost, as on the line."""
        if self.waiting == "record":
            self.record(1, key=keys[:1])
            return
        asked = self._expect("gather", "press").attributes
        most, finish = int(asked.get("numDigits", "1024")), asked.get("finishOnKey", "#")
        digits = gathered(keys, most=most, finish=finish)
        if digits and "dtmf" in asked.get("input", "dtmf"):
            ended_by = finish if len(digits) < most and finish in keys[keys.index(digits[0]) :] else ""
            self._act([("Digits", digits), ("msg", "Gather End"), ("FinishedOnKey", ended_by)])
        else:
            self.silence()

    def speak(self, text: str, confidence: float = 0.9) -> None:
        """Say something. A question that listens for keys only hears silence."""
        gather = self._expect("gather", "speak")
        if "speech" in gather.attributes.get("input", "dtmf"):
            self._act([("SpeechResult", text), ("Confidence", f"{confidence:.2f}")])
        else:
            self.silence()

    def silence(self) -> None:
        """Say and press nothing until the waiting time is over."""
        if self.waiting not in ("gather", "record") or self._now is None:
            raise WrongAction(cannot("silence", takes_now(self.waiting, self.asked)))
        if self._now.attributes.get("actionOnEmptyResult") == "true":
            self._act([("Digits", "")])
        else:
            self._fall_through()

    def record(self, seconds: int, text: str = "", key: str = "") -> None:
        """Leave a voice message, ended by a key or by silence; `text` is what a transcriber makes of it later."""
        node = self._expect("record", "record")
        if seconds <= 0 and not key:
            self._fall_through()
            return
        pairs = self._recorded(node, seconds, text)
        known = key in node.attributes.get("finishOnKey", "1234567890*#")
        self._act([*pairs, ("Digits", key if known else "")])

    def transfer(self, outcome: DialOutcome) -> None:
        """The transfer ends so. Where it is answered the desk hears its whisper first."""
        dial = self._expect("dial", "transfer")
        if outcome == "answered":
            self._whisper(dial)
        pairs = [("DialCallStatus", DIALLED[outcome]), ("DialCallSid", self._leg())]
        if outcome == "answered":
            pairs += [("DialCallDuration", "60"), ("DialBridged", "true")]
        if "action" in dial.attributes:
            self._act(pairs)
        else:
            self._fall_through()

    def refuse(self, code: int) -> None:
        """The provider cannot use the last document after all, for the reason of this code; it takes the fallback."""
        if self.waiting == "ended":
            raise WrongAction(nothing_to_refuse())
        self.heard.clear()
        self.turns += 1
        self._left = self._fallback(code, self._at, self._standard("in-progress"))
        self._follow(0)

    def hang_up(self, recorded: int = 0) -> None:
        """Put the phone down; while recording, what was recorded so far is sent first, as the provider does."""
        if self.waiting == "ended":
            return
        node = self._now
        self.heard.clear()
        if self.waiting == "record" and node is not None and recorded > 0:
            pairs = self._recorded(node, recorded, "")
            action = urljoin(self._at, node.attributes["action"])
            if self.early_end:
                self._end()
                self._fetch(action, [*pairs, ("Digits", "hangup")], "completed")
                return
            self._fetch(action, [*pairs, ("Digits", "hangup")], "completed")
        self._end()

    def _expect(self, waiting: WaitingFor, act: Act) -> Element:
        if self.waiting != waiting or self._now is None:
            raise WrongAction(cannot(act, takes_now(self.waiting, self.asked)))
        return self._now

    def _act(self, pairs: list[tuple[str, str]]) -> None:
        assert self._now is not None
        self.heard.clear()
        self._fetch(urljoin(self._at, self._now.attributes["action"]), pairs)

    def _fall_through(self) -> None:
        self.heard.clear()
        self._follow(0)

    def _fetch(self, url: str, pairs: list[tuple[str, str]], status: str = "in-progress", hops: int = 0) -> None:
        self.turns += 1
        form = [*self._standard(status), *pairs]
        try:
            verbs = read_document(self.delivery.post(url, form))
        except (DeliveryFailed, DocumentRefused) as failed:
            if isinstance(failed, DocumentRefused):
                self.refused.append(would_refuse(url, failed))
            verbs = self._fallback(failed.code, url, form)
        if status == "completed":
            return
        self._at, self._left = urldefrag(url)[0], verbs
        self._follow(hops)

    def _fallback(self, code: int, url: str, form: list[tuple[str, str]]) -> list[Element]:
        if not self.number.fallback:
            return []
        pairs = [*form, ("ErrorCode", str(code)), ("ErrorUrl", urldefrag(url)[0])]
        try:
            return read_document(self.delivery.post(self.number.fallback, pairs))
        except (DeliveryFailed, DocumentRefused) as failed:
            self.refused.append(would_refuse(self.number.fallback, failed))
            return []

    def _follow(self, hops: int) -> None:
        """Carry out what is left of the document up to the next thing that waits for the caller."""
        while self._left:
            node = self._left.pop(0)
            self.heard += [HeardPrompt(said.text, said.attributes.get("language", "")) for said in node.said()]
            match node.name:
                case "Gather" | "Record" | "Dial":
                    self._now = node
                    self.waiting = WAITS[node.name]
                    return
                case "Pause":
                    self.pause(int(node.attributes.get("length", "1")))
                case "Redirect":
                    if hops >= MOST_HOPS:
                        self.refused.append(without_end(self._at, hops))
                        break
                    self._fetch(urljoin(self._at, node.text), [], hops=hops + 1)
                    return
                case "Hangup" | "Reject":
                    break
        self._end()

    def _end(self) -> None:
        self.waiting, self._now, self._left = "ended", None, []
        for url, pairs in self._late:
            self._notify(url, pairs)
        self._late.clear()
        self._tell_end("completed", 60)

    def _tell_end(self, status: str, seconds: int) -> None:
        if self.number.status:
            lasted = [("CallDuration", str(seconds)), ("Duration", str(-(-seconds // 60)))]
            done = [*lasted, ("CallbackSource", "call-progress-events"), ("SequenceNumber", "0")]
            self._notify(self.number.status, [*self._standard(status), *done])

    def _notify(self, url: str, pairs: FormPairs) -> None:
        try:
            self.delivery.post(url, pairs, "notice")
        except DeliveryFailed as failed:
            self.refused.append(would_refuse(url, failed))

    def _recorded(self, node: Element, seconds: int, text: str) -> list[tuple[str, str]]:
        """The parameters of a recording; its own webhooks come at the end of the call, as late as they may."""
        self._recordings += 1
        made = Recorded(account=self.number.account, call=self.call, nth=self._recordings, seconds=seconds, text=text)
        if url := node.attributes.get("recordingStatusCallback"):
            self._late.append((urljoin(self._at, url), made.status()))
        if (url := node.attributes.get("transcribeCallback")) and text:
            self._late.append((urljoin(self._at, url), made.transcript()))
        return made.action()

    def _whisper(self, dial: Element) -> None:
        for noun in dial.children:
            if url := noun.attributes.get("url"):
                pairs = [("CallSid", self._leg()), ("ParentCallSid", self.call), ("AccountSid", self.number.account)]
                url = urljoin(self._at, url)
                try:
                    read_document(self.delivery.post(url, pairs, "whisper"), whisper=True)
                except (DeliveryFailed, DocumentRefused) as failed:
                    self.refused.append(would_refuse(url, failed))

    def _leg(self) -> str:
        """The id of the leg to the desk: the call's own for this turn, so that a call can be led again as it was."""
        return "CA" + sha256(f"{self.call}/{self.turns}".encode()).hexdigest()[:32]

    def _standard(self, status: str) -> list[tuple[str, str]]:
        fields = CallFields(self.call, self.number.account, self.caller, self.called, self.direction)
        return fields.standard(status)
