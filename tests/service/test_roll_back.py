"""Going back: to the release before, or to one named, and never to one that cannot be run."""

from __future__ import annotations

import json

import pytest
from release_shelf import START, Shelf

from ivr.errors import NoSuch
from ivr.service.releases.release_ports import PublishConflict
from ivr.service.releases.roll_back import ReleaseUnusable


def test_the_release_live_before_is_live_again_and_that_is_written_down(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    second = shelf.publish("Two").release
    shelf.call("CA1", second)

    done = shelf.roll_back()

    assert (done.done, done.release, done.replaced, done.in_progress) == (True, first, second, 1)
    assert shelf.rows.live() == first
    entry = shelf.rows.publications()[0]
    assert (entry.kind, entry.release, entry.author, entry.note) == ("rollback", first, "Ops", "back")


def test_going_back_twice_goes_further_back_and_not_to_the_release_fled_from(shelf: Shelf) -> None:
    first, _, _ = (shelf.publish(title).release for title in ("One", "Two", "Three"))

    shelf.roll_back()
    shelf.roll_back()

    assert shelf.rows.live() == first
    with pytest.raises(NoSuch, match=f"nothing was live before {first[:12]}"):
        shelf.roll_back()


def test_after_a_rollback_and_a_publish_one_goes_back_to_what_was_live_in_between(shelf: Shelf) -> None:
    _, second, _ = (shelf.publish(title).release for title in ("One", "Two", "Three"))
    shelf.roll_back()
    shelf.publish("Four")

    assert shelf.roll_back().release == second


def test_a_release_is_named_by_the_first_signs_of_its_hash_forward_too(shelf: Shelf) -> None:
    first, second = (shelf.publish(title).release for title in ("One", "Two"))

    assert shelf.roll_back(first[:8].upper()).release == first
    assert shelf.roll_back(second[:8]).release == second
    assert shelf.roll_back(second).unchanged


def test_signs_that_begin_several_releases_are_a_sentence(shelf: Shelf) -> None:
    names = [shelf.publish(f"Title {n}").release for n in range(17)]
    sign = next(a[0] for a in names if sum(b[0] == a[0] for b in names) > 1)

    with pytest.raises(NoSuch, match=f'"{sign}" begins .*Write more of the one you mean'):
        shelf.roll_back(sign)


def test_what_was_never_published_is_a_sentence(shelf: Shelf) -> None:
    shelf.publish("One")
    shelf.rows.put_draft("d" * 64, "{}", START, serve=False)

    with pytest.raises(NoSuch, match="is a draft that was never published"):
        shelf.roll_back("dddd")
    with pytest.raises(NoSuch, match='no published release begins with "0zz"'):
        shelf.roll_back("0zz")


def test_with_nothing_published_there_is_nothing_to_go_back_to(shelf: Shelf) -> None:
    with pytest.raises(NoSuch, match="nothing was ever published"):
        shelf.roll_back()


def test_a_release_deleted_by_hand_is_a_sentence_and_the_live_one_stays(shelf: Shelf) -> None:
    first, second = (shelf.publish(title).release for title in ("One", "Two"))
    shelf.write("DELETE FROM releases WHERE hash = ?", first)

    with pytest.raises(NoSuch, match=f"the content of release {first[:12]} is gone"):
        shelf.roll_back()

    assert shelf.rows.live() == second


def test_from_a_live_release_deleted_by_hand_one_goes_back(shelf: Shelf) -> None:
    first, second = (shelf.publish(title).release for title in ("One", "Two"))
    shelf.write("DELETE FROM releases WHERE hash = ?", second)

    assert shelf.roll_back().release == first


def test_with_the_live_mark_deleted_by_hand_the_last_one_is_live_again(shelf: Shelf) -> None:
    second = [shelf.publish(title).release for title in ("One", "Two")][1]
    shelf.write("DELETE FROM served_releases")

    assert shelf.roll_back().release == second and shelf.rows.live() == second


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("say:", "sing:", 'a step begins with its kind, and "sing" is not a kind'),
        ("flow: main", "flow: main\nvoices: 3", 'there is no key "voices" here'),
    ],
)
def test_a_release_this_version_cannot_read_is_refused(shelf: Shelf, old: str, new: str, reason: str) -> None:
    first, second = (shelf.publish(title).release for title in ("One", "Two"))
    body = json.loads(str(shelf.rows.body(first)))
    body["main.yaml"] = body["main.yaml"].replace(old, new)
    shelf.write("UPDATE releases SET body = ? WHERE hash = ?", json.dumps(body), first)

    with pytest.raises(
        ReleaseUnusable,
        match=f"this version of ivr cannot run release {first[:12]}, so it does not go live: .*{reason}",
    ):
        shelf.roll_back()

    assert shelf.rows.live() == second and len(shelf.log()) == 2


def test_a_rollback_that_comes_second_changes_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shelf.publish("One").release
    shelf.publish("Two")
    stale = shelf.rows.live()
    shelf.publish("Three")
    newest = shelf.rows.live()
    monkeypatch.setattr(shelf.rows, "live", lambda: stale)

    with pytest.raises(PublishConflict, match="another release went live in the meantime"):
        shelf.roll_back(first)

    assert shelf.read("SELECT release FROM served_releases") == [(newest,)] and len(shelf.log()) == 3
