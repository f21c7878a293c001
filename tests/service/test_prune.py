"""Retention: releases that no call uses and nobody has served for long are removed; the log stays whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from release_shelf import START, Shelf

from ivr.service.releases.prune import prune
from ivr.service.releases.release_report import publications_report

DAY = timedelta(days=1)


def removed(shelf: Shelf, days: int) -> set[str]:
    return {gone.name for gone in prune(shelf.ports, days * DAY)}


@pytest.fixture
def three(shelf: Shelf) -> list[str]:
    """Three releases, each live for ten days, the third still."""
    names = []
    for title in ("One", "Two", "Three"):
        names.append(shelf.publish(title).release)
        shelf.now += 10 * DAY
    return names


def test_age_counts_from_when_a_release_was_replaced_not_from_when_it_was_made(shelf: Shelf, three: list[str]) -> None:
    assert removed(shelf, 25) == set()
    assert removed(shelf, 15) == {three[0]}
    assert removed(shelf, 5) == {three[1]}


def test_the_live_release_stays_however_old_it_is(shelf: Shelf, three: list[str]) -> None:
    shelf.now += 1000 * DAY

    assert removed(shelf, 1) == {three[0], three[1]}
    assert shelf.rows.live() == three[2] and shelf.rows.body(three[2])


def test_a_release_under_a_call_in_progress_stays_until_the_call_ends(shelf: Shelf, three: list[str]) -> None:
    shelf.call("CA1", three[0])
    shelf.call("CA2", three[1], ended=True)

    assert removed(shelf, 1) == {three[1]}

    shelf.write("UPDATE calls SET ended_at = ? WHERE call = 'CA1'", shelf.now.isoformat())
    assert removed(shelf, 1) == {three[0]}


def test_drafts_go_by_their_age_and_the_one_a_sandbox_serves_stays(shelf: Shelf, three: list[str]) -> None:
    shelf.rows.put_draft("d" * 64, "{}", START, serve=False)
    shelf.rows.put_draft("e" * 64, "{}", START, serve=True)

    found = prune(shelf.ports, 25 * DAY)

    assert [(gone.name[0], gone.draft, gone.unused_since) for gone in found] == [("d", True, START)]


def test_a_release_rolled_back_to_is_in_use_again(shelf: Shelf, three: list[str]) -> None:
    shelf.roll_back(three[0])
    shelf.now += 3 * DAY

    assert removed(shelf, 5) == {three[1]}
    assert shelf.rows.live() == three[0]
    assert removed(shelf, 2) == {three[2]}


def test_the_log_tells_of_removed_releases(shelf: Shelf, three: list[str]) -> None:
    shelf.call("CA1", three[1])
    removed(shelf, 1)

    rows = publications_report(shelf.rows)

    assert [(row["release"], row["live"], row["stored"], row["calls_in_progress"]) for row in rows] == [
        (three[2], True, True, 0),
        (three[1], False, True, 1),
        (three[0], False, False, 0),
    ]
