"""Publishing: all checks are reported, a failed one stops it, and what goes live goes live whole or not at all."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from release_shelf import START, Shelf, at_once, files, start_first
from sqlalchemy import create_engine, event

from ivr.errors import FlowInvalid, StoreUnavailable
from ivr.service.releases.publishing import Draft, first_release, publish
from ivr.service.releases.release_ports import Check, Publication, PublishConflict, PublishRequest
from ivr.storage.release_rows import ReleaseRows
from ivr.storage.schema import engine


def fails(draft: Draft) -> Check:
    return Check("proof", False, "2 promises broken", ["main.menu strands a caller", "main.hours too"])


def fails_too(draft: Draft) -> Check:
    return Check("fixtures", False, "1 of 3 failed", ["x.call.yaml:3: expected ..."])


def never(draft: Draft) -> Check:
    raise AssertionError("a draft that does not compile is not checked further")


def test_what_is_published_is_live_stored_and_written_down(shelf: Shelf) -> None:
    done = shelf.publish("One")

    assert done.done and done.replaced is None and shelf.rows.live() == done.release
    entry = shelf.rows.publications()[0]
    assert (entry.release, entry.kind) == (done.release, "publish")
    assert (entry.author, entry.note, entry.forced) == ("Ops", "a note", "")
    assert entry.at == shelf.now and [(check.name, check.passed) for check in entry.checks] == [("lint", True)]
    body = shelf.rows.body(done.release)
    assert body is not None and "hotline: One" in body


def test_the_calls_that_finish_on_the_one_before_are_counted(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    shelf.call("CA1", first)
    shelf.call("CA2", first)
    shelf.call("CA3", first, ended=True)

    done = shelf.publish("Two")

    assert (done.replaced, done.in_progress) == (first, 2)


def test_files_that_are_live_already_change_nothing(shelf: Shelf) -> None:
    first = shelf.publish("One")

    again = shelf.publish("One", never, note="another note")

    assert again.unchanged and not again.done and again.release == first.release
    assert shelf.log() == [("publish", first.release)]


def test_every_failed_check_is_told_before_it_stops(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    shelf.reported.clear()

    refused = shelf.publish("Two", fails, fails_too)

    assert not refused.done and [check.name for check in refused.failed] == ["proof", "fixtures"]
    assert [check.name for check in shelf.reported] == ["lint", "proof", "fixtures"]
    assert shelf.rows.live() == first and len(shelf.rows.stored()) == 1


def test_what_was_forced_is_written_down(shelf: Shelf) -> None:
    done = shelf.publish("One", fails, fails_too, force=True)

    assert done.done and shelf.rows.live() == done.release
    entry = shelf.rows.publications()[0]
    assert entry.forced == "proof: 2 promises broken; fixtures: 1 of 3 failed"
    assert [(check.name, check.passed) for check in entry.checks] == [
        ("lint", True), ("proof", False), ("fixtures", False),
    ]  # fmt: skip


def test_force_without_a_failed_check_forces_nothing(shelf: Shelf) -> None:
    shelf.publish("One", force=True)

    assert shelf.rows.publications()[0].forced == ""


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"flow: main\nsteps: {}\n", "missing-key"),
        (b"flow: main\ntitle: {zh-CN: \xd6\xd0, en-US: x}\nsteps: {}\n", "not-utf-8"),
        (b"flow: main\ntitle: {zh-CN: x, en-", "syntax"),
        (b"", "empty-file"),
    ],
)
def test_a_broken_draft_never_replaces_a_good_release_forced_or_not(shelf: Shelf, raw: bytes, code: str) -> None:
    first = shelf.publish("One").release
    shelf.reported.clear()

    refused = publish(shelf.ports, files("Two", main=raw), [never], PublishRequest("Ops", "a note", force=True))

    assert not refused.done and refused.release == "" and [check.name for check in refused.failed] == ["lint"]
    assert any("docs/small/main.yaml" in line for line in shelf.reported[0].lines), shelf.reported[0].lines
    assert code == "syntax" or any(f"error {code}" in line for line in shelf.reported[0].lines)
    assert shelf.rows.live() == first and shelf.log() == [("publish", first)]


def test_the_same_content_goes_live_twice_under_two_lines_of_the_log(shelf: Shelf) -> None:
    first, second, third = (shelf.publish(title).release for title in ("One", "Two", "One"))

    assert first == third
    assert shelf.log() == [("publish", first), ("publish", second), ("publish", first)]
    assert len(shelf.rows.stored()) == 2


def test_a_draft_that_was_tried_is_published_as_it_lies_there(shelf: Shelf) -> None:
    first = shelf.publish("One")
    body = shelf.rows.body(first.release)
    assert body is not None
    shelf.rows.put_draft(first.release, body, START, serve=True)
    second = shelf.publish("Two")
    shelf.rows.put_draft(first.release, body, START, serve=False)

    assert shelf.rows.live() == second.release and shelf.rows.served_draft() == first.release


def test_of_two_publishes_at_once_the_second_changes_nothing_and_says_who_was_faster(shelf: Shelf) -> None:
    first = shelf.publish("One").release

    def somebody_else(draft: Draft) -> Check:
        other.publish("Other", note="lunch menu")
        return Check("proof", True, "")

    other = Shelf(shelf.path.parent)
    with pytest.raises(PublishConflict) as overtaken:
        shelf.publish("Two", somebody_else)
    other.engine.dispose()

    live = shelf.rows.live()
    assert live not in (None, first)
    assert str(overtaken.value) == (
        f"another release went live in the meantime ({str(live)[:12]} by Ops, lunch menu). Nothing was changed. "
        "Look at it with `ivr diff`, then try again."
    )
    assert shelf.log() == [("publish", live), ("publish", first)] and len(shelf.rows.stored()) == 2


def test_a_release_is_staged_for_three_seconds_before_new_calls_get_it(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    seen: list[dict[str, str]] = []
    shelf.ports = replace(shelf.ports, pause=lambda seconds: seen.append(dict(shelf.rows.served())))

    second = shelf.publish("Two").release

    assert shelf.paused == [] and seen == [{"live": first, "staged": second}]
    assert shelf.rows.served() == {"live": second}
    shelf.roll_back()
    assert seen[1] == {"live": second, "staged": first} and shelf.rows.served() == {"live": first}


def test_nobody_waits_for_the_first_release_of_all(shelf: Shelf) -> None:
    shelf.publish("One")
    assert shelf.paused == []
    shelf.publish("Two")
    assert shelf.paused == [3.0]


def test_whoever_is_overtaken_while_staged_changes_nothing(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    other = Shelf(shelf.path.parent)
    shelf.ports = replace(shelf.ports, pause=lambda seconds: other.publish("Other"))

    with pytest.raises(PublishConflict, match="another release went live in the meantime"):
        shelf.publish("Two")
    other.engine.dispose()

    assert [kind for kind, _ in shelf.log()] == ["publish", "publish"] and shelf.rows.live() != first


def test_of_many_threads_that_publish_at_once_exactly_one_does(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    start = threading.Barrier(8)
    came: list[str] = []

    def run(number: int) -> None:
        def wait(draft: Draft) -> Check:
            start.wait()
            return Check("proof", True, "")

        try:
            shelf.publish(f"Thread {number}", wait)
            came.append("done")
        except PublishConflict:
            came.append("overtaken")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(came) == ["done"] + ["overtaken"] * 7
    assert len(shelf.log()) == 2 and shelf.log()[0] == ("publish", shelf.rows.live()) and shelf.rows.live() != first


def test_two_processes_started_on_an_empty_database_agree_on_one_first_release(shelf: Shelf) -> None:
    spawn = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[str] = spawn.Queue()
    both = [spawn.Process(target=start_first, args=(str(shelf.path), title, queue)) for title in ("One", "Two")]
    for process in both:
        process.start()
    came = [queue.get(timeout=60) for _ in both]
    for process in both:
        process.join(60)

    assert came == ["done", "done"]
    assert len(shelf.log()) == 1 and shelf.log()[0] == ("first", shelf.rows.live())


def test_a_first_start_with_errors_makes_nothing_live(shelf: Shelf) -> None:
    with pytest.raises(FlowInvalid):
        first_release(shelf.rows, files("One", main=b"flow: main\nsteps: {}\n"), START)

    assert shelf.rows.live() is None and shelf.log() == []


def test_a_disk_that_fills_leaves_the_live_release_and_nothing_half_published(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    full = engine(f"sqlite:///{shelf.path}")
    event.listen(full, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    x = b"{zh-CN: x, en-US: x}"
    other = b"flow: other\ntitle: %b\nsteps:\n  a: {say: %b, next: goodbye}\n" % (x, x)
    wide = files("Two", other=other + b"#" * 300_000)
    ports = at_once(ReleaseRows(full))

    with pytest.raises(StoreUnavailable, match="nothing was changed, the database cannot be written: .*full"):
        publish(ports, wide, [], PublishRequest("Ops", "too much"))
    full.dispose()

    assert shelf.rows.live() == first and shelf.log() == [("publish", first)] and len(shelf.rows.stored()) == 1
    assert shelf.publish("Two").done


def test_a_disk_that_fills_at_the_last_write_leaves_nothing_half_published(shelf: Shelf) -> None:
    """Wherever in the transaction the space ends: each page more gets it a little further."""
    first = shelf.publish("One").release
    pages = int(shelf.read("PRAGMA page_count")[0][0])
    refused = 0
    for more in range(200):
        full = engine(f"sqlite:///{shelf.path}")
        limit = f"PRAGMA max_page_count = {pages + more}"
        event.listen(full, "connect", lambda connection, _, limit=limit: connection.execute(limit))
        try:
            publish(at_once(ReleaseRows(full)), files("Two"), [], PublishRequest("Ops", "x" * 20_000))
        except StoreUnavailable:
            refused += 1
            assert shelf.rows.live() == first and shelf.log() == [("publish", first)]
        else:
            break
        finally:
            full.dispose()

    assert refused > 2 and shelf.log()[0] == ("publish", shelf.rows.live()) and shelf.rows.live() != first


def test_a_read_only_database_is_a_sentence(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    shelf.engine.dispose()
    read_only = create_engine(f"sqlite:///file:{shelf.path}?mode=ro&uri=true")

    with pytest.raises(StoreUnavailable, match="nothing was changed, the database cannot be written: .*readonly"):
        publish(at_once(ReleaseRows(read_only)), files("Two"), [], PublishRequest("Ops", "x"))
    read_only.dispose()

    assert shelf.rows.live() == first


def test_a_locked_database_is_a_sentence(shelf: Shelf, tmp_path: Path) -> None:
    shelf.publish("One")
    impatient = create_engine(f"sqlite:///{shelf.path}", connect_args={"timeout": 0.05})
    with shelf.engine.connect() as holder:
        holder.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            publish(at_once(ReleaseRows(impatient)), files("Two"), [], PublishRequest("Ops", "x"))
    impatient.dispose()


def test_a_live_release_deleted_by_hand_is_put_back_by_publishing_its_files(shelf: Shelf) -> None:
    first = shelf.publish("One").release
    shelf.write("DELETE FROM releases")
    assert shelf.rows.live() == first and shelf.rows.body(first) is None

    done = shelf.publish("One")

    assert done.done and shelf.rows.body(first) is not None
    assert shelf.log() == [("publish", first), ("publish", first)]


def test_a_live_mark_deleted_by_hand_is_put_back_by_publishing(shelf: Shelf) -> None:
    shelf.publish("One")
    shelf.write("DELETE FROM served_releases")

    assert shelf.publish("One").done and shelf.rows.live() is not None


def test_the_store_refuses_to_make_content_live_that_is_not_there(shelf: Shelf) -> None:
    gone = Publication(release="f" * 64, kind="rollback", at=START, author="", note="")

    with pytest.raises(Exception, match="the content of release ffffffffffff is gone"):
        shelf.rows.put_live(gone, None, instead_of=None)

    assert shelf.rows.live() is None and shelf.log() == []
