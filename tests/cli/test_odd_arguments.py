"""What is odd on the command line or in the settings: one sentence and exit code 2, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("words", "environ", "said"),
    [
        (["releases", "prune", "--keep", "999999999999"], {}, "is not in the range 1<=x<=36500"),
        (["cases", "list", "--limit", "9" * 23], {}, "is not in the range 1<=x<=1000000"),
        (["impact", "--jobs", "0"], {}, "is not in the range 1<=x<=64"),
        (["call", "--at", "0001-01-01T00:00"], {}, "is not the time of a call. Write a year from 1970 to 2199"),
        (["hours", "9999-12-31T23:59"], {}, "is not the time of a call. Write a year from 1970 to 2199"),
        (
            ["replay", "--since", "0001-01-01T00:00+14:00"],
            {},
            "is not the time of a call. Write a year from 1970 to 2199",
        ),
        (["lint"], {"IVR_FLOWS": ""}, "IVR_FLOWS is empty. Unset it, or let it name the folder with flows."),
        (["hours", "2026-03-02T10:00"], {"IVR_FLOWS": ""}, "IVR_FLOWS is empty"),
        (["db", "upgrade"], {"IVR_DATABASE_URL": "sqlite:///x.db?mode=ro"}, 'has the options "?mode=ro"'),
    ],
)
def test_it_is_a_sentence(ivr, words: list[str], environ: dict[str, str], said: str) -> None:
    done = ivr(*words, **environ)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_fixtures_cannot_be_played_on_flows_that_are_not_there(ivr, folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "one.call.yaml").write_text(
        "call: x\nat: 2026-03-02T10:00+08:00\nturns: []\nends: {disposition: abandoned, case: no}\n", encoding="utf-8"
    )

    done = ivr("replay", "one.call.yaml", IVR_FLOWS="empty")

    assert (done.returncode, done.stdout) == (2, "")
    assert 'the folder "empty" has no flows' in done.stderr


def test_calls_are_not_captured_into_a_file(ivr, folder: Path) -> None:
    ivr("call", given="/hang-up\n")
    (folder / "afile").touch()

    done = ivr("capture", "--since", "7d", "--out", "afile")

    assert (done.returncode, done.stdout) == (2, "")
    assert "afile is a file; captured calls go into a folder. Name another --out." in done.stderr
