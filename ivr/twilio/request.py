"""From Twilio's parameters to the engine's inputs. Twilio's own spelling exists in this package only."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from ivr.call.inputs import LONGEST_ENTRY, Digits, Input, NoInput, Recording, Speech, TransferOutcome, Transferred

FormFields = Mapping[str, str]
DIALLED: Mapping[str, TransferOutcome] = {
    "completed": "answered",
    "answered": "answered",
    "busy": "busy",
    "no-answer": "no_answer",
    "canceled": "no_answer",
    "failed": "failed",
}
WITHHELD = {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "+464"}
"""How "anonymous", "restricted", "blocked", "unknown", "unavailable" look on a keypad."""
LONGEST_UTTERANCE = 2000
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
LONGEST_NAME = 160
"""Call ids of compatible providers are longer than Twilio's 34 characters; they are kept as opaque text."""


def fields_of(pairs: Sequence[tuple[str, str]]) -> FormFields:
    """The parameters by name, the last of a repeated one; a call named twice differently is named not at all."""
    fields = dict(pairs)
    if len(fields) != len(pairs) and len({value for name, value in pairs if name == "CallSid"}) > 1:
        del fields["CallSid"]
    return fields


def call_id(fields: FormFields) -> str:
    """The call's id, empty where there is none that could be one."""
    raw = fields.get("CallSid", "")
    return raw if len(raw) <= LONGEST_NAME and raw == plain(raw) else ""


def plain(raw: str) -> str:
    """A number, address or id as it may be stored and logged: one line, printable, at most 160 characters."""
    return printable(raw).strip()[:LONGEST_NAME]


def caller_number(raw: str) -> str:
    """The caller's number in E.164, or an empty string where it is withheld or no number."""
    plain = raw.strip()
    digits = plain[1:]
    if plain[:1] == "+" and digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 15:
        return "" if plain in WITHHELD else plain
    return ""


def input_of(form: FormFields) -> Input:
    """What the parameters of a turn say; none of them means silence."""
    if "DialCallStatus" in form:
        return Transferred(_dialled(form))
    if form.get("RecordingSid") or form.get("RecordingUrl"):
        return _recording(form)
    keys = _keys(form.get("Digits", ""))
    if keys:
        return Digits(keys)
    said = printable(form.get("SpeechResult", "")).strip()
    if said:
        return Speech(said[:LONGEST_UTTERANCE], _confidence(form.get("Confidence", "")))
    return NoInput()


def _dialled(form: Mapping[str, str]) -> TransferOutcome:
    """A desk that hung up during the whisper, or its voicemail, "completed" a call that was never bridged."""
    outcome = DIALLED.get(form["DialCallStatus"], "failed")
    return "no_answer" if outcome == "answered" and form.get("DialBridged") == "false" else outcome


def _keys(raw: str) -> str:
    """Keys as the telephone has them; full-width digits are folded, anything else is an entry that means nothing."""
    if not raw:
        return ""
    folded = unicodedata.normalize("NFKC", raw).strip()[: LONGEST_ENTRY + 1]  # too long stays too long
    plain = "".join(c if c in "0123456789*#" else "#" for c in folded)
    return plain if plain == folded else f"#{plain}"  # a pound at the end alone would be taken off


def _recording(form: FormFields) -> Recording:
    seconds = form.get("RecordingDuration", "")
    key = form.get("Digits", "")
    return Recording(
        recording=printable(form.get("RecordingSid") or form.get("RecordingUrl", ""))[:160],
        seconds=int(seconds[:6]) if seconds.isascii() and seconds.isdigit() else 1,
        key="hangup" if key == "hangup" else _keys(key)[:1],
        url=printable(form.get("RecordingUrl", ""))[:500],
    )


def _confidence(raw: str) -> float | None:
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def printable(text: str) -> str:
    """Text on one line, without what cannot be stored, spoken or shown: controls, lone surrogates, non-characters."""
    if text.isprintable():
        return text
    return "".join(
        " " if c in BREAKS else c
        for c in text
        if c in BREAKS or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co")
    )
