"""A value of the wrong kind: whatever pydantic calls it, it is told in a sentence of ours, at the place it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from small import small_files

from ivr.errors import Finding
from ivr.flow.bad_values import SENTENCES, said_of
from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.lint.findings import findings_of
from ivr.messages.message import Message
from ivr.replay.fixture import FixtureFields
from ivr.steps.kinds import KINDS

WORDS = "{zh-CN: 您好。, en-US: Hello.}"
WRITTEN: list[Any] = [
    "", "x", "yes", "0", "5", "-5", "99999", "9" * 5000, "1e9", "[x]", [], ["x"], [["x"]], [{}], [{"a": "b"}], {},
    {"a": ""}, {"a": "b"}, {"a": []}, {"a": {}}, {"1": {"label": "x"}}, {"zh-CN": ["x"]}, {"text": "", "audio": ""},
    {"zh-CN": {"text": "", "audio": ""}}, {"tries": "0"}, {"tries": "99"},
]  # fmt: skip
"""What can stand behind a colon: a text, a list or a mapping."""


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """A model and all that its fields hold."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        yield from _inside(field.annotation, seen)


def _inside(annotation: Any, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from models(annotation, seen)
    for part in getattr(annotation, "__args__", ()):
        yield from _inside(part, seen)


def errors_of(model: type[BaseModel]) -> Iterator[Any]:
    """What pydantic says of each value in place of the model and of each of its fields."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    for written in (*WRITTEN, *({name: written} for name in names for written in WRITTEN)):
        try:
            model.model_validate(written)
        except ValidationError as failed:
            yield from failed.errors()


@pytest.mark.parametrize("model", [HotlineFields, FlowFields, FixtureFields, *KINDS.values()])
def test_every_kind_of_error_that_pydantic_has_is_a_sentence_of_ours(model: type[BaseModel]) -> None:
    by_key = {"missing", "extra_forbidden", "literal_error"}

    said = {
        (error["type"], said_of(error))
        for each in models(model, set())
        for error in errors_of(each)
        if error["type"] not in by_key
    }

    assert said
    assert not [sentence for _, sentence in said if not sentence.endswith((".", "?"))]
    assert "this value does not fit here." not in {sentence for _, sentence in said}
    assert SENTENCES.keys() & {kind for kind, _ in said}


def found(steps: str = "", keys: str = "") -> Finding:
    errors = [each for each in findings_of(small_files(steps, keys=keys)) if each.severity == "error"]
    assert len(errors) == 1, [str(each) for each in errors]
    return errors[0]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("cases: {complaint: {clock: [three-workdays]}}", '"clock": write a clock by name'),
        ("call: {elderly: {type: [[yes_no]]}}", '"type": a type is one of'),
    ],
)
def test_a_list_where_a_name_belongs_is_told_and_ends_nothing(keys: str, said: str) -> None:
    assert said in found(keys=keys).message


@pytest.mark.parametrize("written", ["[4, 12]", "{from: 4}", "4 to 12"])
def test_a_length_written_otherwise_is_told_with_how_to_write_it(written: str) -> None:
    said = found(f"a: {{collect: {WORDS}, type: digits, length: {written}, next: goodbye}}").message

    assert said.startswith('"length": write ') and ("4-12" in said)


@pytest.mark.parametrize("key", ["10", "five", "A"])
def test_a_mistaken_key_of_a_choice_is_marked_where_it_stands(key: str) -> None:
    steps = f"""
        a:
          menu: {WORDS}
          choices:
            1: {{label: {WORDS}, next: goodbye}}
            {key}: {{label: {WORDS}, next: goodbye}}
    """

    at = found(steps)

    assert (at.line, at.column, at.end_column) == (8, 7, 7 + len(key))
    assert at.message.startswith(f'"{key}": ')


def test_every_mistaken_key_of_a_menu_is_told_at_once() -> None:
    choices = ", ".join(f"{key}: {{label: {WORDS}, next: goodbye}}" for key in ("10", "starr", "1"))

    told = findings_of(small_files(f"a: {{menu: {WORDS}, choices: {{{choices}}}}}"))

    assert [(each.message, each.hint) for each in told if each.code == "bad-value"] == [
        ('"10": this takes 2 keys, and a choice has one. Let a choice lead to a second menu.', ""),
        ('"starr": this is not a key of a telephone: write 1 to 9, 0, star or pound.', 'Did you mean "star"?'),
    ]


def test_a_last_arm_with_a_condition_is_told_why_that_cannot_be() -> None:
    at = found("a: {branch: [{when: {caller.visits: 3}, next: goodbye}]}")

    assert at.message == (
        '"branch": the last arm has a when, so a call that meets no condition has no way on. '
        "Add an arm with next alone."
    )


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("cases: {complaint: {clock: three-workday}}", "three-workdays"),
        ("call: {elderly: {type: yesno}}", "yes_no"),
        ("promises: [{when: {caller.visits: {at_leest: 3}}, first: a person}]", "at_least"),
    ],
)
def test_a_word_that_is_nearly_one_of_those_listed_is_told_with_it(keys: str, meant: str) -> None:
    hint = found(keys=keys).hint

    assert hint == f'Did you mean "{meant}"?'
    assert isinstance(hint, Message)
