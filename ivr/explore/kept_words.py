"""A message as it is kept in a file: by code and values, so that it speaks the language of whoever reads it later."""

from __future__ import annotations

from typing import Any

from ivr.messages.message import Message

CODE, VALUES = "code", "values"


def kept_words(said: Any) -> Any:
    """A message as data, also where it is a value of another; anything else as it is."""
    if isinstance(said, Message):
        return {CODE: said.code, VALUES: {name: kept_words(value) for name, value in said.values.items()}}
    if isinstance(said, tuple):
        return [kept_words(each) for each in said]
    return said


def words_kept(data: Any) -> Any:
    """The message of such data. KeyError or TypeError where it is none that the catalogue has."""
    if isinstance(data, dict):
        return Message(data[CODE], **{name: words_kept(value) for name, value in data[VALUES].items()})
    if isinstance(data, list):
        return tuple(words_kept(each) for each in data)
    return data
