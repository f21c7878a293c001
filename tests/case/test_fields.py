"""Which fields of a case stay when its customer is erased."""

from __future__ import annotations

import pytest

from ivr.case.case_fields import split


@pytest.mark.parametrize(
    ("name", "value"),
    [("product", "card"), ("subject", "lost_card"), ("priority", "urgent"), ("rating", "5"), ("resolved", "no")],
)
def test_a_word_of_the_flows_is_a_fact(name: str, value: str) -> None:
    assert split({name: value}) == ({name: value}, {})


@pytest.mark.parametrize(
    "name", ["phone", "story", "contact_name", "name", "card_number", "outcome", "status", "owner"]
)
def test_a_field_nobody_has_declared_is_personal(name: str) -> None:
    assert split({name: "card"}) == ({}, {name: "card"})


@pytest.mark.parametrize(
    "said", ["my card was charged twice", "+862155500123", "card 4111", "id110105", "王小明", "x" * 41]
)
def test_what_somebody_said_or_keyed_is_personal_under_any_name(said: str) -> None:
    assert split({"product": said}) == ({}, {"product": said})


def test_what_has_no_value_is_left_out() -> None:
    assert split({"product": "", "story": ""}) == ({}, {})
