"""A stored release keeps what its languages need to speak, and sounds alike whatever is installed later."""

from __future__ import annotations

import json

import pytest
from small import small_files

from ivr.flow import release as stored
from ivr.flow.language_forms import UNKNOWN
from ivr.flow.model import Release
from ivr.flow.release import FORMS, body_of, files_of, from_body, hash_of, same_files, why_unusable
from ivr.flow.words import words

SAY = """
hello:
  say: {zh-CN: "{call.started:time}。", en-US: "It is {call.started:time}.", de-DE: "Es ist {call.started:time}."}
  next: goodbye
"""
GERMAN = """
languages:
  de-DE: {name: Deutsch, speak: de-DE, listen: de-DE, voice: Polly.Vicki-Neural, announce: "{label}, {key}.",
    yes_no: Ja oder nein., "yes": [ja], "no": [nein]}
"""
FILES = small_files(
    SAY.replace('zh-CN: "{call.started:time}。", en-US: "It is {call.started:time}.", ', ""), keys=GERMAN
)


def said(release: Release) -> str:
    return words(release, "main.hello", "de-DE", {"call.started": "2026-12-04T14:30+01:00 later"})


def test_a_release_speaks_by_the_forms_it_was_stored_with(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(FILES)
    monkeypatch.setattr("ivr.flow.hotline_values.forms_of", lambda tag, country: UNKNOWN)

    assert said(from_body(body)) == "Es ist 4. Dezember um 14:30 Uhr."


def test_a_release_stored_without_forms_speaks_by_those_of_today() -> None:
    kept = {name: text for name, text in json.loads(body_of(FILES)).items() if name != FORMS}

    assert said(from_body(json.dumps(kept))) == "Es ist 4. Dezember um 14:30 Uhr."


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"de-DE": {}}', '{"de-DE": 1}', None, 7])
def test_damaged_forms_are_looked_up_again(damaged: object) -> None:
    kept = json.loads(body_of(FILES)) | {FORMS: damaged}

    assert said(from_body(json.dumps(kept))) == "Es ist 4. Dezember um 14:30 Uhr."
    assert why_unusable(json.dumps(kept)) == ""


def test_other_forms_make_another_release_of_the_same_files(monkeypatch: pytest.MonkeyPatch) -> None:
    body = body_of(FILES)
    monkeypatch.setattr(stored, "forms_of", lambda tag, country: UNKNOWN)
    other = body_of(FILES)

    assert hash_of(other) != hash_of(body)
    assert files_of(other) == files_of(body)
    assert same_files(body, FILES) and same_files(other, FILES)
    assert not same_files(body, FILES | {"main.yaml": b"flow: main\n"})


def test_forms_are_no_file_of_an_author() -> None:
    assert FORMS not in files_of(body_of(FILES))


def test_files_that_cannot_be_read_are_stored_without_forms() -> None:
    assert FORMS not in json.loads(body_of({"hotline.yaml": b"hotline: [\n"}))
