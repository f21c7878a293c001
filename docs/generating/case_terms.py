"""Words on cases in the languages of the pages: from the catalogue, and from docs/generating/cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ivr.case.move_checks import ROLES, STATUS_WORDS
from ivr.messages.catalogue import languages
from ivr.messages.message import Message

LANGUAGES = tuple(languages())
TERMS: Any = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
"""By subject, name and language; what has no words of its own in English goes by its name."""


def term(subject: str, name: str, language: str) -> str:
    """A word of the pages. KeyError where the file lacks it."""
    found = TERMS[subject][name]
    return str(found.get(language, name.replace("_", " ")) if language == "en" else found[language])


def status_word(status: str, language: str) -> str:
    """What a status is called."""
    return Message(STATUS_WORDS[status]).in_language(language)


def role_word(role: str, language: str) -> str:
    """What a role is called."""
    return Message(ROLES[role]).in_language(language)
