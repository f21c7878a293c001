"""`ivr serve`: what it refuses to start with, and the ready line."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from ivr.carrier.callers import RandomCaller
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup

IVR = Path(sys.executable).parent / "ivr"
TOKEN = "an-invented-token"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_token_it_refuses_to_start(ivr) -> None:
    done = ivr("serve", "--port", str(free_port()))

    assert done.returncode == 2 and "TWILIO_AUTH_TOKEN is missing" in done.stderr


def test_a_sandbox_serves_this_machine_only(ivr) -> None:
    done = ivr("serve", "--sandbox", "--host", "0.0.0.0", IVR_PUBLIC_URL="https://ivr.example.com")

    assert done.returncode == 2 and "this machine only" in done.stderr


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("+19005550123", "is a premium-rate number and is not phoned"),
        ("+881612345678", "a number of no country"),
        ("+447012345678", "a personal number"),
        ("+10000000000", "is not a number that can be dialled"),
        ("+999999999999", "is not a number that can be dialled"),
        ("+4930123456", "is a number of DE, and the hotline phones only CN and US"),
        ("+18762345678", "is a number of JM, and the hotline phones only CN and US"),
        ("+862155500000", "is the hotline's own"),
    ],
)
def test_a_number_of_last_resort_that_is_not_phoned_is_refused(ivr, number: str, sentence: str) -> None:
    done = ivr("serve", "--sandbox", "--port", str(free_port()), IVR_LAST_RESORT=number)

    assert done.returncode == 2 and done.stderr.startswith(f"ivr: IVR_LAST_RESORT: {number} ")
    assert sentence in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("account", ["main", "AC1", f"AC{'1' * 32},", f"AC{'1' * 32};AC{'2' * 32}"])
def test_an_account_that_is_none_is_refused(ivr, account: str) -> None:
    done = ivr("serve", "--port", str(free_port()), TWILIO_AUTH_TOKEN="t", TWILIO_ACCOUNT_SID=account)

    assert done.returncode == 2 and "TWILIO_ACCOUNT_SID" in done.stderr and "Traceback" not in done.stderr


def test_a_taken_port_is_one_sentence(ivr) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        done = ivr("serve", "--sandbox", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 2 and "cannot be used" in done.stderr and "Traceback" not in done.stderr


def test_broken_flows_on_first_start_are_findings(ivr, folder: Path) -> None:
    (folder / "flows" / "main.yaml").write_text("flow: main\nsteps: {}\n")

    done = ivr("serve", "--sandbox", "--port", str(free_port()))

    assert done.returncode == 2 and "flows/main.yaml:" in done.stderr


@pytest.mark.parametrize("words", [(), ("--watch",)], ids=["serve", "watch"])
def test_in_a_folder_without_flows_it_says_how_to_get_some_and_leaves_nothing_there(ivr, folder: Path, words) -> None:
    shutil.rmtree(folder / "flows")

    done = ivr("serve", "--sandbox", "--port", str(free_port()), *words)

    assert done.returncode == 2 and "`ivr new hotline` makes an example." in done.stderr
    assert list(folder.iterdir()) == []


@pytest.fixture
def served(folder: Path):
    """A hotline on a free port; its URL."""
    port = free_port()
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": str(port)}
    with (folder / "err.txt").open("w") as errors:
        process = subprocess.Popen(
            [str(IVR), "serve", "--no-console"],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        yield process, line.strip(), (folder / "err.txt")
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.stdout.close()
        process.wait(timeout=60)


def test_with_a_release_live_broken_flows_change_nothing(served, folder: Path, ivr) -> None:
    process, line, _ = served
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)
    (folder / "flows" / "main.yaml").write_text("flow: main\nsteps: {}\n")
    port = line.rsplit(":", 1)[1]
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": port}

    with (folder / "again.txt").open("w") as errors:
        again = subprocess.Popen(
            [str(IVR), "serve", "--no-console"],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert again.stdout is not None
        ready = again.stdout.readline()
        again.send_signal(signal.SIGTERM)
        again.stdout.close()
        again.wait(timeout=60)

    assert ready.strip() == line
    said = (folder / "again.txt").read_text()
    assert re.search(r"The files in flows are not what is live: callers hear release \w{12} until `ivr publish`", said)


def test_it_says_ready_takes_calls_and_drains_on_sigterm(served) -> None:
    process, line, errors = served
    assert re.fullmatch(r"ready http://127\.0\.0\.1:\d+", line), errors.read_text()
    url = line.removeprefix("ready ")
    with urllib.request.urlopen(f"{url}/healthz") as answer:
        assert answer.status == 200
    number = PhoneNumberSetup(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback")

    for seed in range(5):
        call = PhoneCall(
            delivery=Delivery(HttpLine(), TOKEN), number=number, caller="+12025550123", called="+862155500000"
        )
        RandomCaller(seed).play(call)
        assert call.refused == []

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0


def test_random_callers_phone_it_and_every_call_is_judged_against_its_database(served, ivr, folder: Path) -> None:
    url = served[1].removeprefix("ready ")

    done = ivr("fuzz", "--url", url, "--calls", "15", TWILIO_AUTH_TOKEN=TOKEN)
    answers = ivr("fuzz", "--url", url, "--calls", "5", TWILIO_AUTH_TOKEN=TOKEN, IVR_DATABASE_URL="sqlite:///other.db")
    forged = ivr("fuzz", "--url", url, "--calls", "5", TWILIO_AUTH_TOKEN="another token")

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "15 passed, 0 failed"), done.stderr
    compared = {line.split()[0]: int(line.split()[1]) for line in done.stdout.splitlines() if line[:1] == "I"}
    assert compared["I1"] > 50 and compared["I6"] == 15
    assert answers.returncode == 0, answers.stderr
    assert re.search(r"^I1 +0 .*: nothing was compared$", answers.stdout, re.M)
    assert re.search(r"^I5 +\d\d+ .*: held$", answers.stdout, re.M)
    assert not (folder / "other.db").exists()
    assert forged.returncode == 2 and "does not take our signature" in forged.stderr
