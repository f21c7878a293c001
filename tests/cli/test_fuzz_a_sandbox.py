"""`ivr fuzz --url`: random callers on a running sandbox, judged by its database where that is here."""

from __future__ import annotations

from pathlib import Path

from command_here import Run
from served_hotline import TOKEN, serving


def compared(report: str) -> dict[str, int]:
    """By invariant, how much of it was compared."""
    lines = [line.split() for line in report.splitlines() if line.startswith("I")]
    return {words[0]: int(words[1].replace(",", "")) for words in lines}


def test_calls_over_http_are_judged_by_the_database_or_by_their_answers_alone(ivr: Run, folder: Path) -> None:
    with serving(folder, "--sandbox") as served:
        words = ("fuzz", "--url", served.url, "--calls", "4", "--seed", "2")

        here = ivr(*words, TWILIO_AUTH_TOKEN=TOKEN)
        elsewhere = ivr(*words, TWILIO_AUTH_TOKEN=TOKEN, IVR_DATABASE_URL="sqlite:///elsewhere.db")

    assert here.returncode == elsewhere.returncode == 0, here.stdout + here.stderr + elsewhere.stderr
    assert here.stdout.splitlines()[-1] == elsewhere.stdout.splitlines()[-1] == "4 passed, 0 failed"
    assert compared(here.stdout)["I1"] > 4 and compared(here.stdout)["I6"] == 4
    assert compared(elsewhere.stdout)["I1"] == 0 and compared(elsewhere.stdout)["I5"] > 4
    assert not (folder / "elsewhere.db").exists()
