"""Whom a list names: the numbers that may be phoned, each once, and what is wrong with the other rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import phonenumbers

from ivr.flow.cldr import names_of
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.outgoing.may_call import Rules, of_number
from ivr.service.surveys.list_text import ListedRow, ListUnreadable, listed_rows

MOST_ROWS = 20_000
_COLUMNS = {
    "phone": ("phone", "number", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "cell",
              "电话", "电话号码", "联系电话", "手机", "手机号", "手机号码", "号码"),
    "language": ("language", "lang", "语言", "语种"),
}  # fmt: skip
"""The columns that are read, by the names people give them; any other is left alone."""
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.I)


class Person(NamedTuple):
    """Somebody who is to be phoned: the line they stand on, their number in E.164 and the language to begin in."""

    line: int
    number: str
    language: str


class RowProblem(NamedTuple):
    """Why the row that begins on this line is left out."""

    line: int
    why: Message


@dataclass(frozen=True, slots=True)
class SurveyList:
    """A list as read: the `people` in its order, the rows left out, and the columns nothing was taken from."""

    people: Sequence[Person]
    problems: Sequence[RowProblem]
    unused: Sequence[str]


@dataclass(frozen=True, slots=True)
class ListRules:
    """What the rows of a list are judged by: the hotline's country, its languages by the words for them, the first of
    them, and which numbers its calls may go to."""

    country: str
    languages: Mapping[str, str]
    spoken_first: str
    calls: Rules


def rules_for(release: Release, calls: Rules) -> ListRules:
    """The rules of a hotline for the calls of one flow."""
    words: dict[str, str] = {}
    short = [tag.partition("-")[0] for tag in release.languages]
    for tag in release.languages:
        if short.count(tag.partition("-")[0]) == 1:
            named = (tag.partition("-")[0], *names_of(tag, release.languages))
            words |= {name.casefold(): tag for name in named if name.casefold() not in words}
    for tag, language in release.languages.items():
        words |= {tag.casefold(): tag, language.name.casefold(): tag}
    country = calls.workdays.country.partition("-")[0]
    return ListRules(country, words, release.first_language, calls)


def read_list(raw: bytes, rules: ListRules) -> SurveyList:
    """Read a list whose first line names its columns; one of bare numbers needs none. `ListUnreadable` where it has no
    column of numbers, or too many rows."""
    rows = list(listed_rows(raw))
    if not rows:
        raise ListUnreadable(Message("survey.list.empty"))
    columns, rows = _columns(rows, rules)
    if len(rows) > MOST_ROWS:
        raise ListUnreadable(Message("survey.list.too-long", most=MOST_ROWS))
    people: list[Person] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for row in rows:
        found = _person(row, columns, rules)
        if isinstance(found, Person) and found.number in seen:
            found = RowProblem(row.line, Message("survey.row.twice", line=seen[found.number]))
        if isinstance(found, RowProblem):
            problems.append(found)
        else:
            seen[found.number] = found.line
            people.append(found)
    return SurveyList(people, problems, columns.unused)


class _Columns(NamedTuple):
    phone: int
    language: int | None
    unused: Sequence[str]


def _columns(rows: list[ListedRow], rules: ListRules) -> tuple[_Columns, list[ListedRow]]:
    """Which column is which, and the rows below the line that says so."""
    head = [re.sub(r"[\s_-]", "", cell).casefold() for cell in rows[0].cells]
    at = {name: [n for n, cell in enumerate(head) if cell in words] for name, words in _COLUMNS.items()}
    if len(at["phone"]) > 1 or len(at["language"]) > 1:
        raise ListUnreadable(Message("survey.list.column-twice", line=rows[0].line))
    if at["phone"]:
        known = {*at["phone"], *at["language"]}
        unused = tuple(cell for n, cell in enumerate(rows[0].cells) if n not in known and cell)
        return _Columns(at["phone"][0], next(iter(at["language"]), None), unused), rows[1:]
    if len(rows[0].cells) == 1 and not isinstance(_number(rows[0].cells[0], rules), Message):
        return _Columns(0, None, ()), rows
    raise ListUnreadable(Message("survey.list.no-column", line=rows[0].line, found=rows[0].cells[:6]))


def _person(row: ListedRow, columns: _Columns, rules: ListRules) -> Person | RowProblem:
    def cell(n: int | None) -> str:
        return row.cells[n] if n is not None and n < len(row.cells) else ""

    number = _number(cell(columns.phone), rules)
    if isinstance(number, Message):
        return RowProblem(row.line, number)
    said = cell(columns.language)
    language = rules.languages.get(said.casefold().replace("_", "-")) if said else rules.spoken_first
    if language is None:
        known = tuple(dict.fromkeys(rules.languages.values()))
        return RowProblem(row.line, Message("survey.row.language", said=said, known=known))
    return Person(row.line, number, language)


def _number(cell: str, rules: ListRules) -> str | Message:
    """The number in a cell in E.164, or why there is none to phone."""
    text = re.sub(r'^(?:=?"(.*)"|\'(.*))$', lambda found: found[1] or found[2] or "", cell)
    text = re.sub(r"(?<=\d)\.0+$", "", text)
    if not text:
        return Message("survey.row.no-number")
    if _SHORTENED.fullmatch(text):
        return Message("survey.row.shortened", found=text)
    try:
        parsed = phonenumbers.parse(text, rules.country or None)
    except phonenumbers.NumberParseException:
        return Message("survey.row.not-a-number", found=text)
    if parsed.extension:
        return Message("survey.row.extension", found=text)
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if why := rules.calls.phoned.why_not(number):
        return Message("survey.row.not-phoned", found=text, why=why)
    if of_number(rules.calls, number):
        return Message("survey.row.prefix", found=text, prefixes=rules.calls.outgoing.prefixes)
    return number
