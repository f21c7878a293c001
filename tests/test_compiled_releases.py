"""Compiled releases are kept, but not without end: a watching sandbox makes one at every save."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.app import wiring as app
from ivr.app.wiring import Releases
from ivr.errors import NoSuch
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


@pytest.mark.parametrize(("name", "why"), [("gone", "is gone"), ("newer", "cannot be read by this version")])
def test_what_cannot_be_had_is_no_such_release(name: str, why: str) -> None:
    with pytest.raises(NoSuch, match=why):
        Releases(Bodies()).get(name)  # type: ignore[arg-type]
