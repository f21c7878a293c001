"""`ivr serve --sandbox --watch`: a clean save is heard by the next call, a broken one by nobody; live stays."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from served_hotline import heard, serving

from ivr.app.database import opened
from ivr.app.preparing import prepare
from ivr.app.watch import Watch
from ivr.app.wiring import wire
from ivr.config import Settings
from ivr.errors import FlowInvalid, SettingInvalid
from ivr.service.calls.opening import CallDetails, Opening

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
INCOMING = CallDetails(call="CA" + "1" * 32, customer="+12025550101", line="+862155500000")


class Watched:
    """A watch on a copy of the shipped flows, looked at by hand, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.flows = folder / "flows"
        self.settings = Settings(database_url=f"sqlite:///{folder / 'ivr.db'}", flows=str(self.flows))
        self.said: list[str] = []
        self.complained: list[str] = []
        self.watch = Watch(self.settings, lambda: NOW, self.said.append, self.complained.append)

    def edit(self, old: str, new: str, name: str = "main.yaml") -> int:
        """Edit a file as somebody saves it; the line of the edit."""
        path = self.flows / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def look(self) -> None:
        """Until a change that stands still has been taken."""
        self.watch.look()
        self.watch.look()

    @property
    def draft(self) -> str | None:
        with opened(self.settings) as database:
            return database.releases.served_draft()

    @property
    def live(self) -> str | None:
        with opened(self.settings) as database:
            return database.releases.live()


@pytest.fixture
def watched(folder: Path) -> Watched:
    return Watched(folder)


def test_a_clean_save_replaces_the_draft_and_nothing_that_is_live(watched: Watched) -> None:
    live = prepare(watched.settings, NOW)
    watched.watch.start()
    first = watched.draft

    watched.edit("Welcome to", "Good day from")
    watched.look()

    assert first == live and watched.draft not in (None, live) and watched.live == live
    assert watched.said[-1] == f"saved: new calls use draft {str(watched.draft)[:12]}." and watched.complained == []


def test_where_nothing_is_live_yet_a_watch_makes_nothing_live(watched: Watched) -> None:
    watched.watch.start()

    assert watched.draft is not None and watched.live is None


def test_a_broken_save_is_told_once_and_the_last_good_draft_serves_on(watched: Watched) -> None:
    watched.watch.start()
    good = watched.draft
    line = watched.edit("next: emergency\n", "next: emergencie\n")
    watched.look()
    watched.look()
    os.utime(watched.flows / "main.yaml", ns=(1, 1))
    watched.look()

    assert watched.draft == good
    findings, sentence = watched.complained
    assert f"main.yaml:{line}:15:" in findings and '"emergencie"' in findings
    assert sentence == f"The draft has errors. New calls still use {str(good)[:12]}."

    watched.edit("emergencie\n", "emergency\n")
    watched.look()

    assert watched.draft == good and watched.said[-1] == f"saved: new calls use draft {str(good)[:12]}."


def test_a_file_that_is_still_being_saved_is_waited_for(watched: Watched) -> None:
    watched.watch.start()
    whole = (watched.flows / "main.yaml").read_text(encoding="utf-8").replace("Welcome to", "Good day from")

    (watched.flows / "main.yaml").write_text(whole[:500], encoding="utf-8")
    watched.watch.look()
    (watched.flows / "main.yaml").write_text(whole, encoding="utf-8")
    watched.look()

    assert watched.complained == [] and len(watched.said) == 2


def test_a_file_touched_says_nothing_and_stores_nothing(watched: Watched) -> None:
    watched.watch.start()
    os.utime(watched.flows / "main.yaml", ns=(1, 1))
    watched.look()

    assert len(watched.said) == 1
    with opened(watched.settings) as database:
        assert len(database.releases.stored()) == 1


def test_a_folder_that_goes_away_and_comes_back_is_two_lines(watched: Watched) -> None:
    watched.watch.start()
    watched.flows.rename(watched.flows.with_name("away"))
    watched.look()
    watched.flows.with_name("away").rename(watched.flows)
    watched.look()

    assert watched.complained[0].startswith("there is no folder")
    assert watched.complained[1].startswith("The draft was not taken. New calls still use")
    assert watched.said[-1].startswith("saved: new calls use draft ")


def test_started_on_a_broken_draft_it_goes_on_with_the_last_one_or_else_with_what_is_live(folder: Path) -> None:
    first = Watched(folder)
    live = prepare(first.settings, NOW)
    first.edit("Welcome to", "Good day from")
    first.edit("next: emergency\n", "next: emergencie\n")

    first.watch.start()
    assert first.draft == live

    first.edit("emergencie\n", "emergency\n")
    first.look()
    good = first.draft
    first.edit("next: emergency\n", "next: emergencie\n")
    second = Watched(folder)
    second.watch.start()

    assert good != live and second.draft == good and second.live == live


def test_with_nothing_to_serve_it_refuses_to_start(watched: Watched) -> None:
    watched.edit("next: emergency\n", "next: emergencie\n")
    with pytest.raises(FlowInvalid):
        watched.watch.start()
    for file in watched.flows.iterdir():
        file.unlink()
    with pytest.raises(SettingInvalid, match="has no flows"):
        watched.watch.start()


def test_workers_of_a_watching_sandbox_take_the_draft_and_mark_its_calls_as_simulated(watched: Watched) -> None:
    live = prepare(watched.settings, NOW)
    watched.edit("Welcome to", "Good day from")
    watched.watch.start()

    usual = wire(watched.settings).ports
    watching = wire(Settings(database_url=watched.settings.database_url, serves_draft=True)).ports

    assert usual.store.current_release() == live and usual.opening(INCOMING) == Opening()
    assert watching.store.current_release() == watched.draft and watching.opening(INCOMING) == Opening(simulated=True)
    with usual.store.transaction() as tx:
        assert tx.current_release() == live
    with watching.store.transaction() as tx:
        assert tx.current_release() == watched.draft


def test_watching_without_a_sandbox_is_refused(ivr) -> None:
    done = ivr("serve", "--watch", TWILIO_AUTH_TOKEN="an-invented-token")

    assert done.returncode == 2
    said = "ivr: --watch serves drafts, which customers must not hear. Add --sandbox, or run `ivr publish`.\n"
    assert done.stderr == said


def test_a_caller_of_the_watching_server_hears_what_was_saved(folder: Path, ivr) -> None:
    watched = Watched(folder)
    assert ivr("publish", "-m", "first").returncode == 0
    live = watched.live
    with serving(folder, "--sandbox", "--watch") as served:
        before = served.phone()
        before.dial()
        watched.edit("Welcome to", "Good day from")
        served.wait_for("saved: new calls use draft ")
        after = [served.phone() for _ in range(4)]
        for phone in after:
            phone.dial()

        assert "Welcome to" in heard(before)
        assert all("Good day from" in heard(phone) for phone in after)
        watched.edit("next: emergency\n", "next: emergencie\n")
        served.wait_for("The draft has errors. New calls still use")
        before.press("2")
        assert "This call may be recorded" in heard(before)
        last = served.phone()
        last.dial()
        assert "Good day from" in heard(last)
    assert watched.live == live
    assert len([line for line in served.said if re.search("unknown-target", line)]) == 1


def test_a_save_that_the_database_could_not_take_is_taken_later(watched: Watched) -> None:
    watched.watch.start()
    first = watched.draft
    path = watched.flows.parent / "ivr.db"
    path.rename(path.with_name("away.db"))
    path.mkdir()
    watched.edit("Welcome to", "Good day from")
    watched.look()
    watched.look()
    path.rmdir()
    path.with_name("away.db").rename(path)

    watched.look()

    assert len(watched.complained) == 2 and "cannot be used: unable to open database file" in watched.complained[0]
    assert watched.draft != first and watched.said[-1].startswith("saved: new calls use draft ")
