"""Nothing that is stored can be turned back into a sensitive entry, not even by trying all of them with the token."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from hashlib import blake2b, md5, sha1, sha256
from typing import Any

import pytest
from small_hotline import TOKEN, URL, House

ENTRY, ANOTHER = "730481", "295563"
TABLES = ("calls", "turns", "cases", "case_events", "recordings", "counters", "work", "switches", "publications")


def stored(house: House) -> list[tuple[str, Any]]:
    """Every value of every row, by its column; times of the clock and the release's own text stand for nobody."""
    found = []
    for table in TABLES:
        columns = [row[1] for row in house.rows(f"PRAGMA table_info({table})")]
        for row in house.rows(f"SELECT * FROM {table}"):
            found += [(f"{table}.{name}", value) for name, value in zip(columns, row, strict=True)]
    return found


def at_question(house: House) -> None:
    house.voice("/voice")
    house.press(2, "3")


Act = Callable[[House, str], object]
HOLD = f"{URL}/voice/t/3/again?held=1"


def refused(house: House, entry: str, turn: int) -> str:
    error = ("ErrorCode", "12100"), ("ErrorUrl", f"{URL}/voice/t/{turn}")
    return house.voice("/voice/fallback", ("Digits", entry), *error)


def release_gone(house: House, entry: str) -> str:
    house.write("UPDATE calls SET release = ?", "0" * 64)
    return house.press(3, entry)


WAYS: dict[str, Act] = {
    "keyed": lambda house, entry: house.press(3, entry),
    "keyed, too short to fit": lambda house, entry: house.press(3, entry[:3]),
    "keyed, too long to fit": lambda house, entry: house.press(3, entry * 30),
    "keyed again after a star": lambda house, entry: house.press(3, f"12*{entry}"),
    "taken back": lambda house, entry: house.press(3, f"{entry}*"),
    "by the fallback route": lambda house, entry: house.voice(
        "/voice/fallback", ("Digits", entry), ("ErrorCode", "11200"), ("ErrorUrl", f"{URL}/voice/t/3")
    ),
    "by the fallback of a hold": lambda house, entry: house.voice(
        "/voice/fallback", ("Digits", entry), ("ErrorCode", "11200"), ("ErrorUrl", HOLD)
    ),
    "by the again route": lambda house, entry: house.voice("/voice/t/3/again?held=1", ("Digits", entry)),
    "spoken": lambda house, entry: house.voice("/voice/t/3", ("SpeechResult", entry), ("Confidence", "0.9")),
    "spoken unclearly": lambda house, entry: house.voice("/voice/t/3", ("SpeechResult", entry), ("Confidence", "0.1")),
    "spoken with a wish for a person": lambda house, entry: house.voice(
        "/voice/t/3", ("SpeechResult", f"agent, my code is {entry}"), ("Confidence", "0.9")
    ),
    "then the document was refused": lambda house, entry: (house.press(3, entry), refused(house, entry, 3)),
    "the question's document was refused": lambda house, entry: refused(house, entry, 2),
    "with the release gone": release_gone,
    "with the release gone, spoken": lambda house, entry: (
        house.write("UPDATE calls SET release = ?", "0" * 64),
        house.voice("/voice/t/3", ("SpeechResult", entry)),
    ),
}


def after(house: House, before: bytes, act: Act, entry: str) -> list[tuple[str, Any]]:
    house.close()
    house.path.write_bytes(before)
    act(house, entry)
    left = stored(house)
    house.close()
    return left


@pytest.mark.parametrize("act", WAYS.values(), ids=WAYS)
def test_what_is_stored_is_the_same_whatever_was_entered(house: House, act: Act) -> None:
    at_question(house)
    house.close()
    before = house.path.read_bytes()
    one, other = (after(house, before, act, entry) for entry in (ENTRY, ANOTHER))
    assert one == other
    assert len(house.rows("SELECT * FROM turns")) > 2


def test_a_call_that_is_lost_and_begins_anew_with_an_entry_keeps_nothing_of_it(house: House) -> None:
    house.close()
    before = house.path.read_bytes()
    one, other = (after(house, before, lambda h, e: h.press(3, e), entry) for entry in (ENTRY, ANOTHER))
    assert one == other


def guesses(form: Sequence[tuple[str, str]], url: str) -> set[bytes]:
    """Everything an attacker with the token would compute of each entry there is, in the first 12 bytes."""
    made: set[bytes] = set()
    data = url + "".join(name + value for name, value in sorted(form))
    head, _, tail = data.partition(ENTRY)
    keyed = hmac.new(TOKEN.encode(), head.encode(), sha1)
    for n in range(1_000_000):
        entry = b"%06d" % n
        mac = keyed.copy()
        mac.update(entry + tail.encode())
        made.add(mac.digest()[:12])
    return made


def test_trying_all_six_digit_entries_against_everything_stored_finds_none(house: House) -> None:
    """With the token known, and the whole request but for the entry."""
    at_question(house)
    house.press(3, ENTRY)
    values = [value for _, value in stored(house)]
    texts = [v.encode() if isinstance(v, str) else v for v in values if isinstance(v, str | bytes)]
    plain = b"\0".join(re.sub(rb"2026-\d\d-\d\dT[\d:.+]+", b"", text) for text in texts)

    form = house.form(("Digits", ENTRY))
    known = guesses(form, f"{URL}/voice/t/3")
    assert hmac.new(TOKEN.encode(), f"{URL}/voice/t/3{_sorted(form)}".encode(), sha1).digest()[:12] in known
    blobs = [text for text in texts if 8 <= len(text) <= 64]
    assert not [blob for blob in blobs if blob[:12] in known]
    assert ENTRY.encode() not in plain
    for digest in (sha1, md5, sha256, blake2b):
        wanted = digest(ENTRY.encode())
        assert wanted.digest()[:12] not in plain and wanted.hexdigest()[:16].encode() not in plain


def _sorted(form: Sequence[tuple[str, str]]) -> str:
    return "".join(name + value for name, value in sorted(form))


def test_the_same_trial_finds_what_is_not_sensitive_so_it_would_find_an_entry(house: House) -> None:
    """The trial is worth something: a menu's key is found by it."""
    house.voice("/voice")
    house.press(2, "7")
    form = house.form(("Digits", "7"))
    mac = hmac.new(TOKEN.encode(), f"{URL}/voice/t/2{_sorted(form)}".encode(), sha1).digest()[:12]
    assert mac in [value for _, value in stored(house)]


@pytest.mark.parametrize("repeats", [1, 3])
def test_a_repeat_gets_the_stored_reply_at_once_and_later(house: House, repeats: int) -> None:
    at_question(house)
    reply = house.press(3, ENTRY)
    for _ in range(repeats):
        assert house.press(3, ENTRY) == reply
    later = house.press(4, "1")
    assert house.press(3, ENTRY) == reply != later
    assert house.count()["turns"] == 4


def test_a_document_refused_after_an_entry_is_not_repeated(house_with_desk: House) -> None:
    """The entry's turn has no fingerprint; that makes its refusal no repeat of it."""
    house = house_with_desk
    at_question(house)
    reply = house.press(3, ENTRY)
    apology = refused(house, ENTRY, 3)
    assert apology != reply and "Something went wrong." in apology
    assert refused(house, ENTRY, 3) == apology
    assert house.press(3, ENTRY) == reply
    assert house.count()["turns"] == 4
