"""The body of a webhook: read within bounds, parsed as the standard library does."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.twilio.form import LARGEST, MOST_FIELDS, BodyRefused, parse_form, read_form

FORM = "application/x-www-form-urlencoded"


def environ(body: bytes, kind: str | None = FORM, length: str | None = "") -> dict[str, Any]:
    made: dict[str, Any] = {"wsgi.input": io.BytesIO(body)}
    if kind is not None:
        made["CONTENT_TYPE"] = kind
    if length is not None:
        made["CONTENT_LENGTH"] = length or str(len(body))
    return made


class Unread(io.BytesIO):
    def read(self, *_: object) -> bytes:
        raise AssertionError("a refused body must not be read")


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    body=st.text("ab=&+%;0C2E4F/ ?\x00\x7f", max_size=60)
    | st.text(st.characters(max_codepoint=127), max_size=60)
    | st.lists(st.sampled_from(["%", "%E6%88%91", "%e6", "%zz", "%00", "%2B", "+", "=", "&", "a"])).map("".join)
)
def test_any_form_is_parsed_as_the_standard_library_parses_it(body: str) -> None:
    assert parse_form(body) == parse_qsl(body, keep_blank_values=True)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(form=st.lists(st.tuples(st.text(max_size=10), st.text(max_size=30)), max_size=12))
def test_any_names_and_values_come_back_in_their_own_order(form: list[tuple[str, str]]) -> None:
    pairs = [(name or "x", value) for name, value in form]

    assert read_form(environ(urlencode(pairs).encode())) == pairs


def test_blank_values_repeats_and_order_are_kept() -> None:
    body = b"Digits=1&FromCity=&Digits=2&Digits=1&CallSid=CA1&SpeechResult=%E6%88%91+1%2B1"

    assert read_form(environ(body)) == [
        ("Digits", "1"),
        ("FromCity", ""),
        ("Digits", "2"),
        ("Digits", "1"),
        ("CallSid", "CA1"),
        ("SpeechResult", "我 1+1"),
    ]


@pytest.mark.parametrize("kind", [FORM, FORM.upper(), f"{FORM}; charset=UTF-8", f"{FORM};charset=UTF-8", f"{FORM} ;x"])
def test_a_form_may_name_its_charset(kind: str) -> None:
    assert read_form(environ(b"a=1", kind)) == [("a", "1")]


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/json", "multipart/form-data; boundary=x", f"{FORM}x", f"x{FORM}"]
)
def test_what_is_not_a_form_is_refused_with_415(kind: str | None) -> None:
    with pytest.raises(BodyRefused) as refused:
        read_form(environ(b"a=1", kind) | {"wsgi.input": Unread()})

    assert refused.value.status == 415


@pytest.mark.parametrize("length", [None, "-1", "+3", "3.0", "0x3", "３", "²", " 3", "three"])
def test_a_body_without_a_length_is_refused_with_411(length: str | None) -> None:
    with pytest.raises(BodyRefused) as refused:
        read_form(environ(b"a=1", length=length) | {"wsgi.input": Unread()})

    assert refused.value.status == 411


def test_an_empty_length_is_no_length() -> None:
    with pytest.raises(BodyRefused) as refused:
        read_form({"CONTENT_TYPE": FORM, "CONTENT_LENGTH": "", "wsgi.input": Unread()})

    assert refused.value.status == 411


@pytest.mark.parametrize("length", [str(LARGEST + 1), "1000000", "9" * 12, "9" * 5000])
def test_a_body_over_64_kb_is_refused_with_413_unread(length: str) -> None:
    with pytest.raises(BodyRefused) as refused:
        read_form(environ(b"", length=length) | {"wsgi.input": Unread()})

    assert refused.value.status == 413


def test_a_body_of_exactly_64_kb_is_read() -> None:
    body = b"Digits=" + b"1" * (LARGEST - 7)

    assert read_form(environ(body)) == [("Digits", "1" * (LARGEST - 7))]


def test_no_more_than_the_announced_length_is_read() -> None:
    assert read_form(environ(b"a=1&b=2", length="3")) == [("a", "1")]
    assert read_form(environ(b"a=1", length="0")) == []


@pytest.mark.parametrize(
    ("body", "length"),
    [
        (b"a=1", "4"),
        (b"", "1"),
        ("a=我".encode(), ""),
        (b"a=\xff", ""),
        (b"&".join([b"a=1"] * (MOST_FIELDS + 1)), ""),
        (b"&" * MOST_FIELDS, ""),
    ],
)
def test_a_short_body_one_that_is_not_ascii_or_one_of_many_fields_is_refused_with_400(body: bytes, length: str) -> None:
    with pytest.raises(BodyRefused) as refused:
        read_form(environ(body, length=length))

    assert refused.value.status == 400


def test_a_thousand_fields_are_read() -> None:
    assert len(parse_form("&".join(["a=1"] * MOST_FIELDS))) == MOST_FIELDS


def test_a_refusal_is_one_plain_line() -> None:
    for made in (environ(b"", "x"), environ(b"", length=None), environ(b"", length="99999"), environ(b"", length="1")):
        with pytest.raises(BodyRefused) as refused:
            read_form(made)

        assert refused.value.line == str(refused.value)
        assert refused.value.line.isascii()
        assert "\n" not in refused.value.line


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    body=st.binary(max_size=60),
    kind=st.none() | st.sampled_from([FORM, "text/plain"]) | st.text(max_size=40),
    length=st.none() | st.integers(-2, 70).map(str) | st.text(max_size=15),
)
def test_any_request_is_read_or_refused(body: bytes, kind: str | None, length: str | None) -> None:
    try:
        pairs = read_form(environ(body, kind, length))
    except BodyRefused as refused:
        assert refused.status in (400, 411, 413, 415)
    else:
        assert all(isinstance(name, str) and isinstance(value, str) for name, value in pairs)
