"""From Twilio's parameters to the engine's inputs. Twilio's own spelling exists in this package only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import SplitResult, urlsplit

from ivr.call.inputs import (
    LONGEST_ENTRY,
    Digits,
    Input,
    NoInput,
    Recording,
    Speech,
    TransferOutcome,
    Transferred,
    known_confidence,
)
from ivr.twilio.ids import CALL, RECORDING, borders_moved, contradicts, is_account

FormFields = Mapping[str, str]
DIALLED: Mapping[str, TransferOutcome] = {
    "completed": "answered",
    "answered": "answered",
    "busy": "busy",
    "no-answer": "no_answer",
    "canceled": "no_answer",
    "failed": "failed",
}
LONGEST_UTTERANCE = 2000
_RECORDING = re.compile(r"https://(?:[a-z0-9-]+\.)*twilio\.com(?::443)?/[!-\[\]-~]*", re.IGNORECASE)
"""A URL at the provider's own host, in characters that every program reads alike: browsers take a backslash for the end
of the host, and others do not."""
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
LONGEST_NAME = 160


def fields_of(pairs: Sequence[tuple[str, str]]) -> FormFields:
    """The parameters by name, the last of a repeated one. Where what they are about is contradicted, or their borders
    were moved, no call and no recording is named."""
    fields = dict(pairs)
    if (len(fields) != len(pairs) and contradicts(pairs)) or borders_moved(pairs):
        for name in ("CallSid", "RecordingSid", "RecordingUrl"):
            fields.pop(name, None)
    return fields


def call_id(fields: FormFields) -> str:
    """The call's id, empty where there is none of Twilio's form, or where the account has none: nothing is opened for
    what is no id."""
    raw = fields.get("CallSid", "")
    account = fields.get("AccountSid")
    return raw if CALL.fullmatch(raw) and (account is None or is_account(account)) else ""


def plain(raw: str) -> str:
    """A number, address or id as it may be stored and logged: one line, printable, at most 160 characters."""
    return printable(raw).strip()[:LONGEST_NAME]


def input_of(form: FormFields) -> Input:
    """What the parameters of a turn say; none of them means silence."""
    if "DialCallStatus" in form:
        return Transferred(_dialled(form))
    if recording := recording_id(form):
        return _recording(form, recording)
    keys = _keys(form.get("Digits", ""))
    if keys:
        return Digits(keys)
    said = printable(form.get("SpeechResult", "")[: 2 * LONGEST_UTTERANCE]).strip()
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
    cut = raw.strip()[: 4 * LONGEST_ENTRY]  # one sign may fold to eighteen
    folded = unicodedata.normalize("NFKC", cut).strip()[: LONGEST_ENTRY + 1]  # too long stays too long
    plain = "".join(c if c in "0123456789*#" else "#" for c in folded)
    return plain if plain == folded else f"#{plain}"  # a pound at the end alone would be taken off


def _recording(form: FormFields, recording: str) -> Recording:
    seconds = form.get("RecordingDuration", "")
    key = form.get("Digits", "")
    return Recording(
        recording=recording,
        seconds=int(seconds[:6]) if seconds.isascii() and seconds.isdigit() else 1,
        key="hangup" if key == "hangup" else _keys(key)[:1],
        url=recording_url(form),
    )


def recording_id(form: FormFields) -> str:
    """The id of a recording, empty where none of Twilio's form is named. Without `RecordingSid` it is the last part of
    the recording's own URL."""
    raw = form.get("RecordingSid") or recording_url(form).partition("?")[0].rpartition("/")[2].partition(".")[0]
    return raw if RECORDING.fullmatch(raw) else ""


def recording_url(form: FormFields) -> str:
    """Where a recording can be heard; empty where that is not the provider's own host: staff follow this link."""
    url = form.get("RecordingUrl", "").strip()
    return url if len(url) <= 500 and _RECORDING.fullmatch(url) else ""


def parts_of(url: str) -> SplitResult:
    """The parts of a URL somebody sent; none where it is no URL."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _confidence(raw: str) -> float | None:
    try:
        return known_confidence(float(raw))
    except ValueError:
        return None


def printable(text: str) -> str:
    """Text on one line, without what cannot be stored, spoken or shown: controls, lone surrogates, non-characters."""
    if text.isprintable():
        return text
    return "".join(
        " " if c in BREAKS else c
        for c in text
        if c in BREAKS or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co")
    )
