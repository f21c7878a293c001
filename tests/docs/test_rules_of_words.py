"""The rules of words, voices and time: silent where something only looks like the mistake."""

from __future__ import annotations

from datetime import date

import pytest
from small_flows import JUNE, told

from ivr.calendar.workdays import announced
from ivr.flow.release import read_files
from ivr.lint.findings import findings_of
from ivr.lint.prompts.sentence_too_long import MOST_ENCODED, MOST_SPOKEN
from ivr.lint.spoken_length import seconds_of
from ivr.lint.voices import LISTEN, SPEAK, VOICES
from ivr.twilio.twiml import LONGEST_SAY, LONGEST_SPOKEN


def says(words: str) -> str:
    return f'told:\n  say: {{zh-CN: "{words}", en-US: "{words}"}}\n  next: goodbye\n'


# -- digits


@pytest.mark.parametrize(
    "words",
    ["每笔不超过50000元。", "At most 50000 yuan.", "RMB 100000 a day.", "¥20000 一天。", "2026年3月", "12345.67",
     "10,000", "1234", "{phone:digits}", "95 594"],
)  # fmt: skip
def test_amounts_years_and_groups_are_no_rows_of_digits(words: str) -> None:
    assert told(says(words), "read-as-number") == []


@pytest.mark.parametrize("words", ["请拨95594。", "Dial +862155500000.", "４００８２", "case 20260302"])
def test_a_row_of_digits_is_found_at_its_place(words: str) -> None:
    assert len(told(says(words), "read-as-number")) == 2


# -- how long it takes


def test_a_menu_is_counted_with_the_choices_it_announces() -> None:
    label = "our savings accounts with a fixed term and everything that belongs to them and is asked about them often"
    choices = "".join(f"    {n}: {{label: {{zh-CN: 储蓄, en-US: {label} {n}}}, next: goodbye}}\n" for n in range(1, 7))
    example = f"ask:\n  menu: {{zh-CN: 请选择。, en-US: Please choose.}}\n  choices:\n{choices}"

    assert ["en-US" in line for line in told(example, "prompt-too-long")] == [True]
    assert told(example.replace("choices:\n", "announce: no\n  choices:\n", 1), "prompt-too-long") == []


def test_seconds_are_those_of_a_voice() -> None:
    assert 1.5 < seconds_of("For savings, press 1.") < 3
    assert 2 < seconds_of("业务咨询，请按2。") < 4
    assert seconds_of("{case.number:digits}") > 2


def test_a_sentence_is_too_long_where_the_document_would_cut_it() -> None:
    assert (MOST_SPOKEN, MOST_ENCODED) == (LONGEST_SPOKEN, LONGEST_SAY)


# -- voices and tags


def test_the_networks_voices_are_known_with_their_languages() -> None:
    assert len(VOICES) == 900
    assert VOICES["Polly.Zhiyu-Neural"] == VOICES["Google.cmn-CN-Wavenet-A"] == "cmn-CN"
    assert VOICES["Polly.Joanna-Generative"] == VOICES["Google.en-US-Chirp3-HD-Kore"] == "en-US"
    assert {"cmn-CN", "yue-HK", "en-GB"} <= SPEAK
    assert {"cmn-Hans-CN", "yue-Hant-HK", "en-GB"} <= LISTEN


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [("listen", "cmn-CN", "cmn-Hans-CN"), ("listen", "zh-CN", "cmn-Hans-CN"), ("speak", "cmn-Hans-CN", "cmn-CN"),
     ("voice", "Zhiyu", "Polly.Zhiyu-Neural"), ("voice", "Polly.Zhiyu-Nueral", "Polly.Zhiyu-Neural")],
)  # fmt: skip
def test_the_voice_or_tag_most_likely_meant_is_named(key: str, written: str, meant: str) -> None:
    files = read_files("docs/small")
    right = {"listen": "cmn-Hans-CN", "speak": "cmn-CN", "voice": "Polly.Zhiyu-Neural"}[key]
    hotline = files["docs/small/hotline.yaml"].decode()
    files["docs/small/hotline.yaml"] = hotline.replace(f"{key}: {right}", f"{key}: {written}").encode()

    (finding,) = findings_of(files, "live", JUNE)

    assert finding.code == ("unknown-voice" if key == "voice" else "unknown-tag")
    assert finding.hint == f'Did you mean "{meant}"?'


# -- time


def test_a_year_is_asked_for_only_when_it_is_near() -> None:
    unknown = next(year for year in range(2026, 2060) if not announced("CN", year))
    example = "hours:\n  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}\n"

    assert told(example, "holidays-unknown", date(unknown - 1, 11, 25)) == []
    assert len(told(example, "holidays-unknown", date(unknown - 1, 12, 2))) == 1
    assert len(told(example, "holidays-unknown", date(unknown, 3, 1))) == 1


def test_a_year_whose_days_are_written_out_is_known() -> None:
    unknown = next(year for year in range(2026, 2060) if not announced("CN", year))
    hours = f"agents: {{open: {{mon-fri: 08:30-20:00}}, holidays: CN, closed_on: [{unknown}-01-01]}}"

    assert told(f"hours:\n  {hours}\n", "holidays-unknown", date(unknown - 1, 12, 15)) == []


@pytest.mark.parametrize("country", ["GB", "US", "HK", "FR"])
def test_countries_that_work_no_weekends_are_always_known(country: str) -> None:
    assert all(announced(country, year) for year in range(2024, 2035))


def test_chinas_years_are_known_as_far_as_they_are_announced() -> None:
    assert [announced("CN", year) for year in (2024, 2025, 2026)] == [True] * 3
