"""What a language's table of entries holds. A table is data: a file of `ivr/speech/entry_tables/` each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Phrases = Mapping[str, str]
"""By kind of word, the phrases of that kind, `|` between them, each with `=` and its value where it has one.

Numbers: `u` zero to nine, `e` ten to nineteen, `t` the tens, `h` a hundred, `k` a thousand and more, `p` the places of
a joined script (十 百 千), `b` its myriads (万 亿 兆), `a` an article that may be a one, `&` "and", `.` the decimal
point.
Strings of digits: `x` says the next digit so often ("double"), `g` says it behind such a number (三个八), `X` is a
digit said so often ("three fives"), `j` may stand between digits, `E` says that the last digits only are told.
Amounts: `H` a half behind an amount, `q` what is counted, `$` the currency, `d` one that only stands behind (块), `s`
its parts by their value in hundredths.
Days: `r` a day from today, `P` a part of a day, `m` a month by name, `o` an ordinal, `S` its ending, `w` a day of the
week from 0 (Monday), `v` the same with its week (7 times the weeks from this one), `l` last, this or next, `L` past or
coming, `X` a holiday by its month and day (101), `H` what stands behind an hour, `@` and `~` before one, `W` a week,
`N` a month, `z` a year from this one, `Y` `M` `D` what stands behind the number of a year, month or day, `G` so many
days before or after, `i` before and `T` behind a number of days to come, `F` behind those before or after a day.
Everywhere: `R` says that an entry is said again, `c` says nothing beside an entry, `f` nothing even inside one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWords:
    """How a language says numbers, amounts and days: words for every type of entry, and those for one type alone.

    A word of none makes an utterance one that is asked again. So doubt, a negation, "or" and "more than" are in no
    table. `comma`: the decimal mark is a comma.
    """

    comma: bool = False
    common: Phrases = field(default_factory=dict)
    digits: Phrases = field(default_factory=dict)
    phone: Phrases = field(default_factory=dict)
    case_number: Phrases = field(default_factory=dict)
    number: Phrases = field(default_factory=dict)
    money: Phrases = field(default_factory=dict)
    date: Phrases = field(default_factory=dict)
