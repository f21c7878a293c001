"""Compiled releases are kept, but not without end: a watching sandbox makes one at every save."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.app import wiring as app
from ivr.app.wiring import Releases
from ivr.errors import NoSuch, StoreUnavailable
from ivr.flow.release import body_of, read_files

BODY = body_of(read_files(str(Path(__file__).parents[1] / "docs" / "small")))


class Bodies:
    """A store of bodies that counts how often each was read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def release_body(self, name: str) -> str | None:
        self.read.append(name)
        return {"gone": None, "newer": '{"main.yaml": "flow: main"}'}.get(name, BODY)


def test_a_release_is_compiled_once() -> None:
    bodies = Bodies()
    releases = Releases(bodies)  # type: ignore[arg-type]

    assert releases.get("a") is releases.get("a")
    assert bodies.read == ["a"]


def test_the_oldest_goes_where_there_are_too_many_and_is_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST_COMPILED", 2)
    bodies = Bodies()
    releases = Releases(bodies)  # type: ignore[arg-type]

    for name in ("a", "b", "c", "b", "a"):
        releases.get(name)

    assert bodies.read == ["a", "b", "c", "a"]


def test_a_release_that_is_gone_is_no_such_release() -> None:
    with pytest.raises(NoSuch, match="is gone"):
        Releases(Bodies()).get("gone")  # type: ignore[arg-type]


def test_a_release_of_a_later_version_is_waited_for() -> None:
    with pytest.raises(StoreUnavailable, match="this version of ivr cannot read release"):
        Releases(Bodies()).get("newer")  # type: ignore[arg-type]
