"""Entries spoken at a `collect`: what is kept, what is asked again, and what day a caller means."""

from __future__ import annotations

import pytest
from small import small_files
from step_call import StepCall

from ivr.call.inputs import Digits, Masked, Speech
from ivr.engine.masking import masked
from ivr.lint.findings import findings_of
from ivr.speech.entries import Circumstances, entry_said
from ivr.speech.entry_lexicons import lexicon_for
from ivr.speech.entry_samples import spoken_form
from ivr.steps.step import Later

ASKED = """\
it:
  collect: {zh-CN: 请说。, en-US: "Please say it."}
  type: TYPE
  save: kept_value
  no_match: {tries: 3, next: wrong}
  next: kept
"""
ENDS = "kept wrong"
BEGAN = {"call.started": "2026-11-27T08:30+08:00 today"}


def asked(type_: str, more: str = "") -> str:
    return ASKED.replace("TYPE", type_).replace("  next: kept", f"{more}  next: kept")


def kept(type_: str, said: str, more: str = "", *, language: str = "en-US", facts: dict[str, str] | None = None) -> str:
    call = StepCall(asked(type_, more), ENDS, language=language, facts=BEGAN if facts is None else facts)
    return dict(call.take(Speech(said)).values).get("kept_value", "")


@pytest.mark.parametrize(
    ("type_", "language", "said", "value"),
    [
        ("number", "zh-CN", "大概一百二十个吧", "120"),
        ("number", "en-US", "about a hundred and twenty", "120"),
        ("money", "zh-CN", "十二块五", "12.50"),
        ("money", "en-US", "twelve yuan and five jiao", "12.50"),
        ("money", "en-US", "1200.00", "1200"),
        ("phone", "zh-CN", "我的电话是零二一，五五五零零，幺二三", "+862155500123"),
        ("phone", "en-US", "plus eight six two one triple five double oh one two three", "+862155500123"),
        ("case_number", "en-US", "it is six four eight, eight oh eight, six six one", "648808661"),
        ("date", "zh-CN", "去年三月二号", "2025-03-02"),
        ("date", "en-US", "last Friday", "2026-11-20"),
        ("date", "en-US", "3/2/2026", "2026-03-02"),
    ],
)
def test_an_entry_is_kept_in_one_form_however_it_is_said(type_: str, language: str, said: str, value: str) -> None:
    assert kept(type_, said, language=language) == value


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("number", "three or four"), ("number", "not five"), ("number", "12.50"), ("money", "twelve fifty"),
        ("money", "120 dollars"), ("phone", "two oh two or two oh three"), ("phone", "021-55500123 extension 12"),
        ("case_number", "six four eight, no wait"), ("date", "the 27th"), ("date", "February 30"), ("date", "Friday"),
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_asked_again(type_: str, said: str) -> None:
    call = StepCall(asked(type_), ENDS, facts=BEGAN).take(Speech(said))

    assert (call.at, call.failed) == ("it", ["no_match"])


def test_a_day_without_a_year_is_the_nearest_before_the_call_or_after_it() -> None:
    assert kept("date", "March second") == "2026-03-02"
    assert kept("date", "March second", "  dates: past\n") == "2026-03-02"
    assert kept("date", "March second", "  dates: future\n") == "2027-03-02"


def test_days_are_reckoned_from_the_day_the_call_began_where_its_hotline_is() -> None:
    late = {"call.started": "2026-11-28T00:30+08:00 today"}

    assert kept("date", "yesterday", facts=late) == "2026-11-27"
    assert kept("date", "yesterday", facts={}) == ""
    assert kept("date", "March 2, 2026", facts={}) == "2026-03-02"


class Asked(dict[str, str]):
    """Facts that keep which were read."""

    def __init__(self) -> None:
        super().__init__(BEGAN)
        self.read: list[str] = []

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.read.append(name)
        return super().get(name, default)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("yesterday", True),
        ("March second", True),
        ("March 2, 2026", False),
        ("I do not know", False),
        ("20260302", False),
    ],
)
def test_when_the_call_began_is_read_only_for_a_day_reckoned_from_it(said: str, read: bool) -> None:
    facts = Asked()
    call = StepCall(asked("date"), ENDS, facts=facts)
    facts.read.clear()

    call.take(Speech(said))

    assert ("call.started" in facts.read) == read


def test_of_a_sensitive_entry_that_is_spoken_only_its_length_is_kept() -> None:
    call = StepCall(asked("number", "  sensitive: yes\n"), ENDS)

    assert masked(call.release, call.state, Speech("a hundred and twenty")) == Masked(3, fits=True)
    assert masked(call.release, call.state, Speech("a hundred or so")) == Masked(0, fits=False)


@pytest.mark.parametrize("type_", ["digits", "phone", "case_number", "number", "money", "date"])
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_explore_tries_an_entry_spoken_beside_the_one_keyed(type_: str, language: str) -> None:
    call = StepCall(asked(type_), ENDS, language=language)
    step = call.release.flows["main"].steps["it"]

    tried = [each.inputs for each in step.tried("asked", language, Later()) if each.means.startswith("entry")]  # type: ignore[attr-defined]
    (keyed, spoken), *_ = tried

    assert isinstance(keyed, Digits) and isinstance(spoken, Speech)
    by_key = StepCall(asked(type_), ENDS, language=language).take(keyed)
    by_word = StepCall(asked(type_), ENDS, language=language).take(spoken)
    assert by_key.values == by_word.values != {}
    assert not spoken.text.isdigit()


def test_nothing_is_tried_aloud_where_nobody_listens() -> None:
    call = StepCall(asked("number", "  speech: no\n"), ENDS)
    step = call.release.flows["main"].steps["it"]

    tried = step.tried("asked", "en-US", Later())  # type: ignore[attr-defined]
    assert not any(isinstance(came, Speech) for each in tried for came in each.inputs)


@pytest.mark.parametrize("number", [1, 7, 10, 11, 20, 105, 110, 1005, 1050, 1500, 2026, 9999, 8080])
def test_a_number_in_chinese_words_is_read_back(number: int) -> None:
    said = spoken_form(str(number), "number", "zh-CN")

    assert said and entry_said(said, "number", Circumstances("zh-CN", "CN")) == str(number)


def test_dates_is_for_a_date() -> None:
    found = findings_of(small_files(asked("number", "  dates: future\n")))

    assert any("dates says which year" in str(finding.message) for finding in found)


def test_no_caller_waits_for_a_lexicon() -> None:
    lexicon_for.cache_clear()
    call = StepCall(asked("money"), ENDS)
    made = lexicon_for.cache_info().misses

    call.take(Speech("三百"))

    assert lexicon_for.cache_info().misses == made > 0


@pytest.mark.parametrize(
    ("language", "said"), [("en-US", "1234, I repeat, 1234"), ("zh-CN", "一二三四，我再说一遍，一二三四")]
)
def test_an_entry_that_holds_the_word_of_a_shortcut_is_an_entry(language: str, said: str) -> None:
    assert kept("digits", said, language=language) == "1234"


def test_the_length_that_is_asked_for_decides_what_is_said_twice_and_what_is_the_end() -> None:
    four, eight = "  length: 4\n", "  length: 8\n"
    assert [kept("digits", "1234, 1234", length) for length in (four, eight, "")] == ["1234", "12341234", ""]
    assert [kept("digits", "ending in 1234", length) for length in (four, eight, "")] == ["1234", "", ""]


def test_a_day_is_confirmed_with_its_day_of_the_week() -> None:
    call = StepCall(asked("date", "  confirm: yes\n"), ENDS, language="en-US", facts=BEGAN)
    call.take(Speech("last Friday"))

    assert "Friday, November 20, 2026" in call.heard
