"""The language in which a call that breaks a promise is shown: the reader's, where the hotline speaks one like it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ivr.errors import InvalidArgument
from ivr.flow.model import Release
from ivr.messages.catalogue import language_like
from ivr.messages.message import Message


def example_language(tag: str, release: Release, environ: Mapping[str, str] = os.environ) -> str:
    """The hotline's language for `--lang TAG`, for IVR_LANG where `tag` is empty; empty: as the call was found.

    `InvalidArgument` where the tag of `--lang` is neither a language of the hotline nor one of these messages.
    """
    spoken = _spoken_like(tag or environ.get("IVR_LANG", ""), release)
    if tag and not spoken and not language_like(tag):
        known = tuple(release.languages)
        raise InvalidArgument(Message("explore-command.no-language", tag=tag, known=known))
    return spoken


def _spoken_like(tag: str, release: Release) -> str:
    wanted = tag.partition(".")[0].replace("_", "-").casefold()
    exact = [each for each in release.languages if each.casefold() == wanted]
    alike = [each for each in release.languages if _first(each) == _first(wanted)]
    return next(iter([*exact, *alike]), "") if wanted else ""


def _first(tag: str) -> str:
    return tag.casefold().partition("-")[0]
