"""Twenty threads bring the same webhook at the same moment: one of them takes the turn, all say the same."""

from __future__ import annotations

import threading

import pytest
from small_hotline import CALL, House

THREADS = 20


def at_once(house: House, path: str, *pairs: tuple[str, str]) -> list[str]:
    """What each of twenty threads is answered."""
    house.store.deadline = 4.0
    answers: list[str] = []
    barrier = threading.Barrier(THREADS)

    def send() -> None:
        barrier.wait(60)
        try:
            answers.append(house.voice(path, *pairs))
        except Exception as failed:  # reported by the test: nobody sees the error of a thread
            answers.append(repr(failed))
        finally:
            house.close()

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return answers


@pytest.mark.parametrize("taken", [0, 1, 2, 3])
def test_twenty_threads_take_one_turn(house: House, taken: int, caplog: pytest.LogCaptureFixture) -> None:
    acts: list[tuple[str, list[tuple[str, str]]]] = [
        ("/voice", []),
        ("/voice/t/2", [("Digits", "1")]),
        ("/voice/t/3", [("Digits", "2")]),
        ("/voice/t/4", [("RecordingSid", "RE11111111111111111111111111111111"), ("RecordingDuration", "9")]),
    ]
    for path, pairs in acts[:taken]:
        house.voice(path, *pairs)
    path, pairs = acts[taken]
    answers = at_once(house, path, *pairs)
    assert len(answers) == THREADS
    assert set(answers) == {house.voice(path, *pairs)}
    assert answers[0].startswith("<?xml")
    assert "One moment" not in answers[0]
    assert house.rows("SELECT call, turns_taken, number FROM calls") == [(CALL, taken + 1, 1)]
    assert house.count()["turns"] == taken + 1
    assert house.count()["cases"] == (taken > 0)
    assert house.count()["recordings"] == (taken == 3)
    assert caplog.records == []


def test_twenty_threads_with_twenty_answers_take_one_turn(house: House) -> None:
    house.voice("/voice")
    house.store.deadline = 4.0
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda key=key: (answers.append(house.press(2, str(key))), house.close()))
        for key in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(answers)) == 1
    assert len(answers) == THREADS
    assert house.rows("SELECT turn FROM turns ORDER BY turn") == [(1,), (2,)]
    assert house.rows("SELECT turns_taken, version FROM calls") == [(2, 2)]
