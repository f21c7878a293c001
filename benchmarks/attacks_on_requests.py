"""Hostile requests: forged, torn and run into one another; and numbers that would make the house pay."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

import phonenumbers
from phonenumbers import PhoneNumberType as Kind

from ivr.call.phone import COUNTRIES, Phoned
from ivr.carrier.signing import sign
from ivr.twilio.form import BodyRefused, read_form
from ivr.twilio.notices import status_change
from ivr.twilio.request import fields_of
from ivr.twilio.signature import Verifier
from ivr.twilio.voice_request import turn_request

TOKEN, URL = "a token for attacks", "https://ivr.example.com"
CALL, LEG, ACCOUNT = "CA" + "5" * 32, "CA" + "7" * 32, "AC" + "a" * 32
FORM = [
    ("AccountSid", ACCOUNT), ("ApiVersion", "2010-04-01"), ("CallSid", LEG), ("CallStatus", "in-progress"),
    ("Called", "+862155500100"), ("Caller", "+862155500000"), ("CallerName", "LI"), ("DialCallSid", "CA" + "8" * 32),
    ("DialCallStatus", "completed"), ("Digits", "1"), ("Direction", "outbound-dial"), ("From", "+862155500000"),
    ("FromCity", "SHANGHAI"), ("ParentCallSid", CALL), ("SpeechResult", "a complaint"), ("To", "+862155500100"),
]  # fmt: skip
Attempt = Callable[[], str]


def forged(chance: random.Random) -> Iterator[Attempt]:
    """A right request with one thing changed: a character of the signature, the target, a field, the token."""
    verifier = Verifier([TOKEN, "another token of ours"], URL)
    right = sign(TOKEN, f"{URL}/voice/t/2", FORM)
    while True:
        signature, target, form = right, "/voice/t/2", list(FORM)
        match chance.randrange(5):
            case 0:
                at = chance.randrange(len(right) - 1)
                signature = (
                    right[:at] + chance.choice([c for c in "ABCDwxyz0189+/" if c != right[at]]) + right[at + 1 :]
                )
            case 1:
                target += chance.choice(["/", "?", "#", "x", "%00", "?a=1", "/again"])
            case 2:
                name, value = form.pop(chance.randrange(len(form)))
                form += chance.choice([[], [(name, f"{value}x")], [(f"{name}x", value)], [(name, value), (name, "x")]])
            case 3:
                signature = sign(chance.choice(["", "a token", TOKEN.upper()]), f"{URL}/voice/t/2", FORM)
            case 4:
                base = chance.choice(["http://ivr.example.com", "https://evil.example", f"{URL}:8443", f"{URL}.evil"])
                signature = sign(TOKEN, f"{base}/voice/t/2", FORM)
        yield partial(_passes, verifier, target, form, signature)


def _passes(verifier: Verifier, target: str, form: list[tuple[str, str]], signature: str) -> str:
    return "" if verifier.fingerprint(target, form, signature) is None else f"{target} {form} {signature}"


def moved_borders(chance: random.Random) -> Iterator[Attempt]:
    """The leg to the desk, signed, its fields cut anew at random: it never becomes a call that somebody dialled."""
    text = "".join(name + value for name, value in sorted(FORM))
    signature, verifier = sign(TOKEN, f"{URL}/voice", FORM), Verifier([TOKEN], URL)
    starts = [text.index(name + value) for name, value in sorted(FORM)]
    inside = [at for name, _ in FORM for at in _all(text, name)] + [at for at in _all(text, "CallSid")]
    while True:
        cuts = sorted(
            {0, *chance.sample(starts, chance.randint(1, 8)), *chance.choices(inside, k=chance.randint(1, 6))}
        )
        pairs = []
        for begin, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
            names = [name for name, _ in FORM if text.startswith(name, begin)]
            length = len(max(names, key=len)) if names and chance.random() < 0.9 else chance.randint(1, end - begin)
            pairs.append((text[begin : begin + length], text[begin + length : end]))
        if verifier.fingerprint("/voice", pairs, signature) is not None:
            yield partial(_opens, pairs)


def _all(text: str, part: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(part, at)]


def _opens(pairs: list[tuple[str, str]]) -> str:
    fields = fields_of(pairs)
    for found in (turn_request(fields, b"", 1), status_change(fields)):
        if found is not None and (found.call != LEG or found.direction != "outgoing"):
            return f"{pairs} is {found}"
    return ""


def bodies(chance: random.Random) -> Iterator[Attempt]:
    """Bodies that are too long, too short, no ASCII, of too many fields, of another type."""
    while True:
        fields = [(f"F{n}", "x" * chance.randint(0, 30)) for n in range(chance.choice([0, 3, 900, 1001, 3000]))]
        body = urlencode(fields).encode()
        environ = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        match chance.randrange(5):
            case 0:
                environ["CONTENT_LENGTH"] = chance.choice(["", "-1", "1e3", "１", "0x10", str(len(body) + 1), "9" * 40])
            case 1:
                environ["CONTENT_TYPE"] = chance.choice(["", "application/json", "multipart/form-data", "text/plain"])
            case 2:
                body, environ["CONTENT_LENGTH"] = b"a=" + b"1" * 1_000_000, "1000002"
            case 3:
                body += chance.choice([b"\xff", "说".encode(), b"\x80"])
                environ["CONTENT_LENGTH"] = str(len(body))
            case 4:
                environ |= {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
        yield partial(_taken, {**environ, "wsgi.input": io.BytesIO(body)})


def _taken(environ: dict[str, object]) -> str:
    try:
        return f"{len(read_form(environ))} fields were taken"
    except BodyRefused as refused:
        return "" if refused.status in (400, 411, 413, 415) else f"{refused.status}"


def numbers(chance: random.Random) -> Iterator[Attempt]:
    """Numbers of every dear kind and of every country but those that are listed, their last digits at random."""
    phoned = Phoned(frozenset({"CN", "US"}))
    dear = (Kind.PREMIUM_RATE, Kind.SHARED_COST, Kind.PERSONAL_NUMBER, Kind.PAGER, Kind.VOICEMAIL)
    examples = [(phonenumbers.example_number_for_type(c, kind), c, kind) for c in sorted(COUNTRIES) for kind in dear]
    examples += [(phonenumbers.example_number(c), c, None) for c in sorted(COUNTRIES - {"CN", "US"})]
    examples += [(phonenumbers.example_number_for_non_geo_entity(code), "", None)
                 for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS]  # fmt: skip
    known = [(each, c) for each, c, kind in examples if each and (c, kind) != ("CN", Kind.SHARED_COST)]
    while True:
        example, country = chance.choice(known)
        whole = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        number = whole if chance.random() < 0.3 else f"{whole[:-2]}{chance.randrange(100):02d}"
        yield partial(_phoned, phoned, number, country)


def _phoned(phoned: Phoned, number: str, country: str) -> str:
    return f"{number} of {country or 'no country'}" if phoned.may_call(number) else ""
