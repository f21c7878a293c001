"""What of a country an entry is read by: its money, and the order of a date in figures."""

from __future__ import annotations

from collections.abc import Iterator

_MONEY = (
    ("CN", "yuan|rmb|renminbi|kuai|cny|chinese yuan|人民币|人民币元|¥", "jiao=10|mao=10|fen=1"),
    ("US PR GU VI EC SV PA", "dollar|dollars|buck|bucks|usd|us dollar|us dollars|american dollars|$|us$|美元|美金",
     "cent=1|cents=1|¢=1|美分=1"),
    ("CA AU NZ SG", "dollar|dollars|buck|bucks|$", "cent=1|cents=1|¢=1"),
    ("HK", "dollar|dollars|hkd|hong kong dollars|$|hk$|港币|港元|港纸|蚊", "cent=1|cents=1"),
    ("TW", "dollar|dollars|nt dollars|twd|nt$|$|台币|新台币", ""),
    ("GB", "pound|pounds|quid|gbp|pounds sterling|£|英镑", "penny=1|pence=1|p=1"),
    ("DE FR ES IT PT NL AT BE IE FI GR LU MT CY EE LV LT SK SI HR", "euro|euros|eur|€|欧元", "cent=1|cents=1"),
    ("JP", "yen|jpy|¥|円|日元", ""),
    ("KR", "won|krw|₩|원|韩元", ""),
    ("IN", "rupee|rupees|inr|₹|卢比", "paise=1|paisa=1"),
    ("CH", "franc|francs|chf|swiss francs|法郎", "rappen=1|centime=1|centimes=1"),
)  # fmt: skip
_MONTH_FIRST = frozenset(("US", "PH", "PR", "GU", "VI", "BZ", "FM"))
_YEAR_FIRST = frozenset(("CN", "TW", "JP", "KR", "KP", "HU", "LT", "MN", "HK", "MO"))
_UNSURE = frozenset(("CA", "ZA", ""))


def currency_words(country: str) -> Iterator[tuple[str, str]]:
    """The kind and the phrases of the country's own money and its parts; of every one where no country is known."""
    for countries, names, parts in _MONEY:
        if not country or country in countries.split():
            yield "$", names
            yield "s", parts


def date_order(country: str, language: str) -> str:
    """`mdy`, `dmy` or `ymd` by the country; where one begins with the year, a date that ends with it is written as in
    the region of the language ("en-US"), and is none where that says nothing either: `ymd`. Empty: not known."""
    order = _order(country)
    region = language.replace("_", "-").rpartition("-")[2]
    if order == "ymd" and region.isupper() and region != country:
        return _order(region) or order
    return order


def _order(country: str) -> str:
    if country in _UNSURE:
        return ""
    return "mdy" if country in _MONTH_FIRST else "ymd" if country in _YEAR_FIRST else "dmy"
