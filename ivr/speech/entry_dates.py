"""Days as they are said: "March the second twenty twenty six", 去年三月二号, 上周五, "three days ago", 3/2/2026.

A day without a year is the nearest one before the call, or after it. What may be two days is none: "last Tuesday" on a
Friday, 3/2/2026 in a country that puts the year first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ivr.speech.cardinals import cardinal
from ivr.speech.dates_in_figures import in_figures
from ivr.speech.entry_tokens import Token, kinds_of
from ivr.speech.reckoning import Reckoning

_NUM = "(?:[nuetkp&a]+)"
_DAY = "(?:nS?|o|to|tu|[uet])"
_CLOCK = "(?:[uet]t?u?|pu?|up|n)"
_TIME = f"(?:P?[@~]?{_CLOCK}Hu?p?u?|P?@{_CLOCK}|P~{_CLOCK})?P?"
"""A time beside a day: 上午, 下午三点, "at 2 pm"; it is not kept."""
Found = Sequence[Sequence[Token]]
"""The words of each group of a pattern; empty for one that is not there."""


def may_be_reckoned(tokens: Sequence[Token]) -> bool:
    """Whether an utterance has the form of a day, so that which one it is may depend on when the call began."""
    kinds = kinds_of(_words(tokens))
    return kinds in _FIGURES or any(pattern.fullmatch(kinds) for pattern, _ in _SHAPES)


def date_said(tokens: Sequence[Token], reckoning: Reckoning) -> str:
    """The day an utterance names, as eight digits; empty where it names none, or may name two."""
    tokens = _words(tokens)
    kinds = kinds_of(tokens)
    figures = (
        in_figures([token.said for token in tokens if token.kind in "n-"], reckoning) if kinds in _FIGURES else None
    )
    days = {figures} if figures else set[date]()
    for pattern, read in _SHAPES:
        if found := pattern.fullmatch(kinds):
            groups = [tokens[slice(*found.span(n))] for n in range(1, pattern.groups + 1)]
            days.update(day for day in read(groups, reckoning) if day is not None)
    return days.pop().strftime("%Y%m%d").zfill(8) if len(days) == 1 else ""


def _words(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words that say something, without a mark between a month and its day: "Oct-2"."""
    tokens = [token for token in tokens if token.kind not in ("c", "f", ",")]
    kinds = kinds_of(tokens)
    between = {n for n in range(1, len(kinds) - 1) if kinds[n] in "-/" and {kinds[n - 1], kinds[n + 1]} == {"m", "n"}}
    return [token for n, token in enumerate(tokens) if n not in between]


_FIGURES = ("n", "nnn", "n-n-n")


def _spelled(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """二零二六零三零二"""
    yield in_figures(["".join(str(token.value) for token in found[0])], reckoning)


def _from_today(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    yield reckoning.from_today(found[0][0].value)


def _today_is(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "yesterday, Thursday" """
    yield _fits(reckoning.from_today(found[0][0].value), found[1])


def _holiday(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """今年元旦, "New Year's Day" """
    before, (day,), behind = found
    years = {token.value for token in (*before, *behind)}
    if len(years) < 2:
        year = reckoning.year(years.pop()) if years else None
        yield reckoning.of(year, day.value // 100, day.value % 100)


def _days_away(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """三天前, "three weeks ago", "in two days"."""
    many = 1 if [token.kind for token in found[0]] == ["a"] else cardinal(found[0], comma=False)
    if many:
        yield reckoning.from_today(many * found[1][0].value)


def _days_from(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "three weeks from tomorrow" """
    many = 1 if [token.kind for token in found[0]] == ["a"] else cardinal(found[0], comma=False)
    if many:
        yield reckoning.from_today(many * found[1][0].value * found[2][0].value + found[3][0].value)


def _weekday_of_month(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "the first Friday of next month" """
    ordinal, weekday, near_month, month, year = found
    first = reckoning.of_month(near_month[0].value, 1) if near_month else None
    if month:
        known = _year(year, reckoning) if year else None
        nearest = [reckoning.of(known, month[0].value, 1)] if known or not year else [None]
        first = nearest[0]
    yield reckoning.of_first(first, ordinal[0].value, weekday[0].value) if first else None


def _weekday(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    yield reckoning.weekday(found[0][0].value)


def _weekday_of_week(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """上周五, "Friday of last week"."""
    yield reckoning.of_week(sum(token.value for token in (*found[0], *found[1])))


def _named_weekday(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "last Friday" """
    yield reckoning.named_weekday(found[0][0].value, found[1][0].value)


def _nearest_weekday(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "this past Friday" """
    yield reckoning.nearest_weekday(found[0][0].value, found[1][0].value)


def _weekday_and_day(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "Friday the 22nd" """
    day = reckoning.day_of_month(_day(found[1]))
    yield day if day is not None and day.weekday() == found[0][0].value else None


def _of_month_by_name(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "Monday, March the second twenty twenty six", in every way its words can be parted into a day and a year."""
    weekday, before, month, behind, last_year = found
    for day, year in _parted(before, behind):
        known = _year(year, reckoning) if year else None
        if year and (known is None or last_year):
            continue
        if last_year:
            known = reckoning.year(last_year[0].value)
        yield _fits(reckoning.of(known, month[0].value, _day(day)), weekday)


def _of_named_month_that_year(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "last year on March 4th" """
    year, weekday, before, month, behind = found
    if bool(before) != bool(behind):
        day = reckoning.of(reckoning.year(year[0].value), month[0].value, _day(before or behind))
        yield _fits(day, weekday)


def _parted(before: Sequence[Token], behind: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    if before:
        yield before, behind
        return
    for n in range(1, min(2, len(behind)) + 1):
        yield behind[:n], behind[n:]


def _of_month_by_number(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """二零二六年三月二日星期一, 去年三月二号, 本月十号"""
    written_year, relative, month, near_month, day, weekday = found
    named = written_year[:-1] if written_year and written_year[-1].kind == "Y" else written_year
    year = _chinese_year(named, reckoning) if written_year else None
    if relative:
        year = reckoning.year(relative[0].value)
    if written_year and year is None:
        return
    number = cardinal(day, comma=False)
    if near_month:
        months = near_month[0].value
        whole = months + 12 * relative[0].value if relative else months
        plain = not written_year and not (relative and months)
        yield _fits(reckoning.of_month(whole, number) if plain else None, weekday)
    else:
        yield _fits(reckoning.of(year, cardinal(month, comma=False), number), weekday)


def _of_near_month(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "the 20th of last month" """
    day, month = found if found[1][0].kind == "N" else found[::-1]
    yield reckoning.of_month(month[0].value, _day(day))


def _in_numerals(found: Found, reckoning: Reckoning) -> Iterator[date | None]:
    """ "six fifteen nineteen eighty five", where the month is said first."""
    month, day, year = found
    known = _year(year, reckoning)
    if known and reckoning.order == "mdy":
        yield reckoning.of(known, month[0].value, _day(day))


def _fits(day: date | None, weekday: Sequence[Token]) -> date | None:
    """A day, none where its day of the week is another than what was said."""
    return day if day is None or all(token.value == day.weekday() for token in weekday) else None


def _day(said: Sequence[Token]) -> int | None:
    """The day of a month: "2nd", "twenty second", "two"."""
    if not re.fullmatch(_DAY, kinds_of(said)):
        return None
    if said[0].kind == "n":
        return int(said[0].said) if said[0].said.isdigit() else None
    tens_and_more = len(said) == 2 and (said[0].value > 30 or not 0 < said[1].value < 10)
    return None if tens_and_more else sum(token.value for token in said)


def _year(said: Sequence[Token], reckoning: Reckoning) -> int | None:
    """ "2026", "twenty twenty six", "nineteen oh five", "two thousand and four", "84"."""
    kinds = kinds_of(said)
    if kinds == "n":
        return reckoning.whole_year(said[0].said) if said[0].said.isdigit() else None
    if kinds in ("t", "tu"):  # "eighty five"
        return reckoning.whole_year(str(sum(token.value for token in said)))
    years = {cardinal(said, comma=False) if "h" in kinds or "k" in kinds else None}
    if re.fullmatch("[et](?:[et]|tu|uu)", kinds) and said[0].value in (18, 19, 20):
        rest = sum(token.value for token in said[1:])
        fits = kinds[1:] != "uu" or not said[1].value
        years.add(100 * said[0].value + rest if fits and (kinds[1:] != "tu" or said[2].value) else None)
    found = [year for year in years if year and 1800 <= year < 2200]
    return found[0] if len(found) == 1 else None


def _chinese_year(said: Sequence[Token], reckoning: Reckoning) -> int | None:
    """2026, 二零二六, 两千零四; of two digits the nearest century."""
    kinds = kinds_of(said)
    if re.fullmatch("uuuu|uu", kinds):
        return reckoning.short_year("".join(str(token.value) for token in said))
    if kinds == "n":
        return reckoning.short_year(said[0].said) if said[0].said.isdigit() else None
    year = cardinal(said, comma=False)
    return year if year and year >= 1000 else None


_Read = Callable[[Found, Reckoning], Iterator[date | None]]
_WRITTEN: Mapping[str, _Read] = {
    "(u{8})": _spelled,
    f"(r)(?:{_TIME}|~{_CLOCK})": _from_today,
    "(r)(w)": _today_is,
    "(z?)(X)(z?)": _holiday,
    f"(a|{_NUM})(G)": _days_away,
    f"i(a|{_NUM})(T)": _days_away,
    f"(a|{_NUM})(T)(F)(r)": _days_from,
    "(o)(w)(?:(N)|(m)([nuetkh&]*))": _weekday_of_month,
    f"(L)(w){_TIME}": _nearest_weekday,
    f"(w){_TIME}": _weekday,
    f"(v)(){_TIME}": _weekday_of_week,
    "(w)(W)": _weekday_of_week,
    "(W)(w)": _weekday_of_week,
    f"(l)(w){_TIME}": _named_weekday,
    f"(w)({_DAY})": _weekday_and_day,
    f"(w?)({_DAY}?)(m)([nuetkho&S]*)(z?){_TIME}": _of_month_by_name,
    f"(z)(w?)({_DAY}?)(m)({_DAY}?){_TIME}": _of_named_month_that_year,
    f"({_NUM}Y|uuuu|n)?(z)?(?:({_NUM})M|(N))({_NUM})D?(w?){_TIME}": _of_month_by_number,
    f"({_DAY})(N){_TIME}": _of_near_month,
    f"(N)({_DAY}){_TIME}": _of_near_month,
    f"([ue])({_DAY})([etu]{{2,3}}|[uk&etu]{{2,5}}|n)": _in_numerals,
}
_SHAPES = [(re.compile(shape), read) for shape, read in _WRITTEN.items()]
