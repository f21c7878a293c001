"""Signatures: ours is the library's, over the known public URL."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from ivr.twilio.signature import Verifier

URL = "https://ivr.example.com"
TOKEN = "12345"
FORM = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("From", "+12025550123"), ("To", "+12025550100")]


def signed(target: str, form: Sequence[tuple[str, str]], token: str = TOKEN, url: str = URL) -> str:
    return str(RequestValidator(token).compute_signature(url + target, MultiDict(form)))


NAMES = st.sampled_from(["Digits", "From", "digits", "Digit", "", "名"]) | st.text(max_size=6)
VALUES = st.sampled_from(["", "1", "+12025550123", "我要投诉", "a b"]) | st.text(max_size=20)
FORMS = st.lists(st.tuples(NAMES, VALUES), max_size=12)
TARGETS = st.sampled_from(["/voice", "/voice/t/2", "/voice/t/2/again?held=1", "/voice?say=%E6%88%91&x=%2F", "/voice?"])


@settings(max_examples=400, derandomize=True, deadline=None)
@given(target=TARGETS, form=FORMS, token=st.text(min_size=1, max_size=40))
def test_a_signature_is_right_exactly_when_the_library_makes_it(
    target: str, form: list[tuple[str, str]], token: str
) -> None:
    signature = signed(target, form, token)

    fingerprint = Verifier([token], URL).fingerprint(target, form, signature)

    assert fingerprint == b64decode(signature)[:12]
    assert Verifier([f"{token}x"], URL).fingerprint(target, form, signature) is None
    assert Verifier([token], URL).fingerprint(f"{target}x", form, signature) is None
    assert Verifier([token], URL).fingerprint(target, [*form, ("Extra", "1")], signature) is None


@settings(derandomize=True, deadline=None)
@given(form=FORMS, data=st.data())
def test_neither_order_nor_repeating_a_pair_matters(form: list[tuple[str, str]], data: st.DataObject) -> None:
    signature = signed("/voice", form)
    doubled = data.draw(st.permutations([*form, *form[:2]]))

    assert Verifier([TOKEN], URL).fingerprint("/voice", doubled, signature) == b64decode(signature)[:12]


@pytest.mark.parametrize(
    ("url", "target", "form", "signature"),
    [
        (
            "https://mycompany.com",
            "/myapp.php?foo=1&bar=2",
            [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234")],
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
        (
            "https://mycompany.com",
            "/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
            [],
            "a9nBmqA0ju/hNViExpshrM61xv4=",
        ),
    ],
)
def test_the_librarys_own_vectors_are_right(url: str, target: str, form: list[tuple[str, str]], signature: str) -> None:
    assert Verifier([TOKEN], url).fingerprint(target, form, signature) == b64decode(signature)[:12]
    assert signed(target, form, url=url) == signature


def test_every_changed_character_of_a_signature_is_noticed() -> None:
    right = signed("/voice", FORM)
    verifier = Verifier([TOKEN], URL)

    assert verifier.fingerprint("/voice", FORM, right)
    for at, character in enumerate(right):
        wrong = right[:at] + ("A" if character != "A" else "B") + right[at + 1 :]
        assert verifier.fingerprint("/voice", FORM, wrong) is None


@pytest.mark.parametrize(
    "signature",
    ["", " ", "=", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "签名", "é" * 28, "\x00", "\ud800", "A" * 100_000],
)
def test_a_missing_wrong_or_non_ascii_signature_is_refused(signature: str) -> None:
    assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, signature) is None


def test_a_right_signature_with_anything_around_it_is_refused() -> None:
    right = signed("/voice", FORM)

    for wrong in (f" {right}", f"{right} ", f"{right}\n", right.rstrip("="), right.lower(), f"{right},{right}"):
        assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, wrong) is None


@pytest.mark.parametrize(
    ("change", "form"),
    [
        ("a parameter less", FORM[:-1]),
        ("a parameter more", [*FORM, ("Digits", "9")]),
        ("another value", [*FORM[:1], ("Digits", "1235"), *FORM[2:]]),
        ("another name", [*FORM[:1], ("digits", "1234"), *FORM[2:]]),
        ("none at all", []),
    ],
)
def test_a_signature_holds_for_its_own_parameters_only(change: str, form: list[tuple[str, str]]) -> None:
    assert Verifier([TOKEN], URL).fingerprint("/voice", form, signed("/voice", FORM)) is None, change


@pytest.mark.parametrize(
    "url",
    [
        "http://ivr.example.com",
        "https://other.example.com",
        "https://ivr.example.com.evil.example",
        "https://ivr.example.com/other",
        "https://ivr.example.com:8443",
        "https://ivr.example.com:80",
        "http://ivr.example.com:443",
        "https://user@ivr.example.com",
        "https://ivr.example.com@evil.example",
        "//ivr.example.com",
    ],
)
def test_a_signature_over_another_place_is_wrong(url: str) -> None:
    assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, signed("/voice", FORM, url=url)) is None


HOSTS = ["ivr.example.com", "IVR.Example.COM", "127.0.0.1", "localhost"]
PLACES = st.builds(
    lambda scheme, host, port, path: f"{scheme}://{host}{port}{path}",
    st.sampled_from(["http", "https"]),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":80", ":443", ":8443", ":1"]),
    st.sampled_from(["", "/", "/bank", "/A/b"]),
)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(ours=PLACES, theirs=PLACES, target=TARGETS.filter(lambda target: target[-1] != "?"), form=FORMS)
def test_what_the_librarys_validator_takes_for_a_public_url_is_taken(
    ours: str, theirs: str, target: str, form: list[tuple[str, str]]
) -> None:
    signature = signed(target, form, url=theirs.rstrip("/"))
    library = RequestValidator(TOKEN).validate(ours.rstrip("/") + target, MultiDict(form), signature)

    taken = Verifier([TOKEN], ours).fingerprint(target, form, signature) is not None

    same_but_for_capitals = RequestValidator(TOKEN).validate(
        ours.rstrip("/").replace("IVR.Example.COM", "ivr.example.com") + target, MultiDict(form), signature
    )
    assert taken == (library or same_but_for_capitals)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("https://ivr.example.com:443", "https://ivr.example.com"),
        ("https://ivr.example.com", "https://ivr.example.com:443"),
        ("http://ivr.example.com:80", "http://ivr.example.com"),
        ("http://ivr.example.com", "http://ivr.example.com:80"),
        ("https://ivr.example.com:8443", "https://ivr.example.com"),
        ("https://ivr.example.com:8443/bank", "https://ivr.example.com/bank"),
        ("https://IVR.Example.com", "https://ivr.example.com"),
        ("https://IVR.Example.com:443", "https://ivr.example.com"),
        ("https://user:password@ivr.example.com", "https://ivr.example.com"),
        ("https://user:password@ivr.example.com", "https://user:password@ivr.example.com"),
        ("https://user:password@ivr.example.com", "https://user:password@ivr.example.com:443"),
        ("https://user:p@ss@IVR.example.com:8443", "https://user:p@ss@ivr.example.com"),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]"),
        ("http://[2001:DB8::1]", "http://[2001:db8::1]:80"),
    ],
)
def test_one_public_url_may_be_signed_in_all_its_spellings(ours: str, theirs: str) -> None:
    for spelling in (ours, theirs):
        assert Verifier([TOKEN], ours).fingerprint("/voice", FORM, signed("/voice", FORM, url=spelling))


def test_capitals_that_the_request_itself_has_in_its_host_are_right() -> None:
    signature = signed("/voice", FORM, url="https://Ivr.EXAMPLE.com")

    for host in ("Ivr.EXAMPLE.com", "Ivr.EXAMPLE.com:443"):
        assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, signature, host)
    for host in ("", "ivr.example.com", "Ivr.EXAMPLE.com.evil.example", "Evil.example", "[", "Ivr.EXAMPLE.com@Evil"):
        assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, signature, host) is None


def test_another_host_in_the_header_makes_no_signature_right() -> None:
    signature = signed("/voice", FORM, url="https://Evil.example")

    for host in ("Evil.example", "evil.example", "Evil.example:443"):
        assert Verifier([TOKEN], URL).fingerprint("/voice", FORM, signature, host) is None


@pytest.mark.parametrize("url", ["https://user:password@ivr.example.com", "https://USER:Password@ivr.example.com"])
def test_a_password_in_the_url_is_compared_as_it_is(url: str) -> None:
    for wrong in (url.lower() if url != url.lower() else url.upper(), url.replace("assword", "assw0rd")):
        assert Verifier([TOKEN], url).fingerprint("/voice", FORM, signed("/voice", FORM, url=wrong)) is None


def test_a_slash_at_the_end_of_the_public_url_makes_no_difference() -> None:
    assert Verifier([TOKEN], f"{URL}/").fingerprint("/voice", FORM, signed("/voice", FORM))


def test_while_a_token_is_rotated_both_are_good_with_one_fingerprint_each() -> None:
    verifier = Verifier(["the new token", "the old token"], URL)
    new, old, other = (signed("/voice", FORM, f"the {word} token") for word in ("new", "old", "other"))

    assert verifier.fingerprint("/voice", FORM, new) == b64decode(new)[:12]
    assert verifier.fingerprint("/voice", FORM, old) == b64decode(old)[:12]
    assert verifier.fingerprint("/voice", FORM, other) is None


def test_without_a_token_nothing_is_right() -> None:
    verifier = Verifier([], URL)

    for signature in ("", signed("/voice", FORM), signed("/voice", FORM, ""), b64encode(bytes(20)).decode()):
        assert verifier.fingerprint("/voice", FORM, signature) is None


def test_checking_one_request_does_not_change_the_next() -> None:
    verifier = Verifier([TOKEN], URL)
    first, second = signed("/voice", FORM), signed("/voice/t/2", FORM[:2])

    for _ in range(3):
        assert verifier.fingerprint("/voice", FORM, first)
        assert verifier.fingerprint("/voice/t/2", FORM[:2], second)
        assert verifier.fingerprint("/voice", FORM, second) is None
