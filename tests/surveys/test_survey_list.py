"""A list of people to phone is read as spreadsheets of several countries save it, and every bad row is told by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.calendar.workdays import Workdays
from ivr.call.phone import Phoned
from ivr.flow.compile import compile_release
from ivr.flow.outgoing import Outgoing
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.service.outgoing.may_call import Rules
from ivr.service.surveys.list_text import ListUnreadable
from ivr.service.surveys.survey_list import MOST_ROWS, ListRules, Person, SurveyList, read_list, rules_for

FLOWS = Path(__file__).parents[2] / "flows"
CALLS = Rules(
    outgoing=Outgoing(flow="survey", from_number="+862155500000", prefixes=("+86",)),
    phoned=Phoned(frozenset({"CN", "US"}), frozenset({"+862155500000"})),
    workdays=Workdays("CN"),
    zone="Asia/Shanghai",
)
WORDS = {"zh-cn": "zh-CN", "zh": "zh-CN", "普通话": "zh-CN", "en-us": "en-US", "en": "en-US", "english": "en-US"}
RULES = ListRules("CN", WORDS, "zh-CN", CALLS)
TWO = [Person(2, "+862155500123", "zh-CN"), Person(3, "+862155500124", "en-US")]


def read(text: str | bytes, rules: ListRules = RULES) -> SurveyList:
    return read_list(text.encode() if isinstance(text, str) else text, rules)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("between", [",", ";", "\t", "，", "|"])
def test_a_list_is_read_in_the_encodings_and_with_the_signs_of_spreadsheets(encoding: str, between: str) -> None:
    lines = ("姓名,电话,语言", "王女士,021-55500123,普通话", "李,+86 21 5550 0124,English")
    found = read("\r\n".join(line.replace(",", between) for line in lines).encode(encoding))

    assert list(found.people) == TWO
    assert (list(found.problems), list(found.unused)) == ([], ["姓名"])


@pytest.mark.parametrize("head", ["phone", "Phone Number", "PHONE_NUMBER", "Tel", "mobile", "手机号码", "联系电话"])
def test_the_column_of_numbers_is_known_by_its_usual_names(head: str) -> None:
    assert [person.number for person in read(f"{head}\n+862155500123\n").people] == ["+862155500123"]


def test_a_list_of_bare_numbers_needs_no_heading() -> None:
    assert [person.line for person in read("+862155500123\n\n02155500124\n").people] == [1, 3]


@pytest.mark.parametrize(
    "cell",
    ["+862155500123", "02155500123", "021-5550 0123", "(021) 55500123", "0086 21 5550 0123", "'02155500123",
     '"=""02155500123"""', "０２１５５５００１２３", "02155500123.0", " +86 21 5550 0123 "],
)  # fmt: skip
def test_a_number_is_read_however_a_spreadsheet_writes_it(cell: str) -> None:
    assert [person.number for person in read(f"phone\n{cell}\n").people] == ["+862155500123"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",en", "there is no number"),
        ("8.62155E+11,", "a spreadsheet has shortened"),
        ("8,62155E+11".replace(",", ".") + ",", "a spreadsheet has shortened"),
        ("hello,", '"hello" is not a telephone number'),
        ("5550,", "is not a number that can be dialled"),
        ("021-55500123 ext 7,", "has an extension"),
        ("+12025550123,", "begins with none of +86"),
        ("+442079460123,", "is a number of GB"),
        ("+8821612345678,", "is a number of no country"),
        ("+862155500000,", "is the hotline's own number"),
        ("02155500124,fr", 'the hotline has no language "fr"; write zh-CN or en-US'),
        ("021 5550 0123,", "stands on line 2 already"),
    ],
)
def test_a_bad_row_is_left_out_and_told_by_its_line(row: str, said: str) -> None:
    found = read(f"phone,language\n+862155500123,\n{row}\n+862155500125,\n")

    assert [(problem.line, said in problem.why) for problem in found.problems] == [(3, True)], found.problems
    assert [person.line for person in found.people] == [2, 4]


def test_a_row_of_several_lines_is_told_by_its_first() -> None:
    found = read('note,phone\n"two\nlines",hello\nx,+862155500123\n')

    assert [problem.line for problem in found.problems] == [2]
    assert [person.line for person in found.people] == [4]


@pytest.mark.parametrize(
    ("cell", "printed"),
    [('"he\nllo"', "he llo"), ('"he\r\nllo"', "he llo"), ("he\x1b[31mllo", "he[31mllo"), ("he\u202ello", "hello"),
     ("he\u2028llo", "he llo"), ("he\tllo", "he llo")],
)  # fmt: skip
def test_what_a_cell_holds_does_not_break_the_line_that_tells_of_it(cell: str, printed: str) -> None:
    (problem,) = read(f"name,phone\nx,{cell}\n").problems

    assert f'"{printed}" is not a telephone number' in str(problem.why)


@pytest.mark.parametrize(
    ("said", "language"),
    [("中文", "zh-CN"), ("Chinese", "zh-CN"), ("英语", "en-US"), ("english", "en-US"), ("zh_CN", "zh-CN"),
     ("EN", "en-US"), ("普通话", "zh-CN"), ("en-us", "en-US")],
)  # fmt: skip
def test_a_language_is_known_by_its_names_in_the_languages_of_the_hotline(said: str, language: str) -> None:
    release = compile_release(parse(read_files(str(FLOWS))))

    found = read(f"phone,language\n+862155500123,{said}\n", rules_for(release, CALLS))

    assert [person.language for person in found.people] == [language], found.problems


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the list is empty"),
        (b"\xef\xbb\xbf \r\n", "the list is empty"),
        (b"PK\x03\x04rest", "Save it as CSV"),
        (b"\x00\x01\x02", "no text"),
        (b"\xff\xff\xff", "no text"),
        (b"name,age\nx,1\n", 'it has "name" and "age"'),
        (b"phone,tel\n1,2\n", "the same column twice"),
        (b"x" * 20_000_001, "more than 20 million bytes"),
        (b"phone\n" + b"1\n" * (MOST_ROWS + 1), f"more than {MOST_ROWS} rows"),
        (b'phone\n"' + b"1" * 200_000 + b'"\n', "cannot be read as cells"),
    ],
)
def test_what_is_no_list_is_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(ListUnreadable) as refused:
        read(raw)
    assert said in str(refused.value)
