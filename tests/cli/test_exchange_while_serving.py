"""A sandbox phones nobody: what it places rings on this machine, and is answered in another terminal."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from command_here import Run, command_here
from served_hotline import serving

from ivr.app.dialler import NoExchange, SandboxDialler, dialler_of, sandbox_dialler
from ivr.config import Settings
from ivr.service.outgoing.dialler_port import NotPlaced, Placed, Placing, ProviderUnavailable
from ivr.twilio.dialler import TwilioDialler

CUSTOMER = "+862155501234"
ACCOUNT = "AC" + "1" * 32


@pytest.fixture
def port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def with_number(small_folder: Path) -> Path:
    """The small hotline with a number that it can phone from."""
    path = small_folder / "flows" / "hotline.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + 'numbers: {"+862155500000": main}\n', encoding="utf-8")
    return small_folder


@pytest.fixture
def here(small_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command beside the small hotline."""
    return command_here(small_folder, monkeypatch, capsys)


def placing(url: str, from_number: str) -> Placing:
    return Placing(
        to=CUSTOMER, from_number=from_number, url=f"{url}/voice/out/a1", fallback=f"{url}/voice/fallback",
        status_callback=f"{url}/voice/status",
    )  # fmt: skip


def test_a_sandbox_rings_and_leads_the_call_to_its_own_hotline(with_number: Path, port: int, here: Run) -> None:
    with serving(with_number, "--sandbox", "--workers", "1", IVR_EXCHANGE_PORT=str(port)) as served:
        dialler = connected(port)
        (ours, *_) = dialler.own_numbers()
        assert isinstance(dialler.place(placing("http://example.com", ours)), NotPlaced)
        assert isinstance(dialler.place(placing(served.url, "+862155509999")), NotPlaced)
        placed = dialler.place(placing(served.url, ours))
        assert isinstance(placed, Placed)
        done = here("call", "--answer", given="\n", IVR_EXCHANGE_PORT=str(port))
        assert done.returncode == 0, done.stderr
        assert "ringing … +86 21 5550 1234" in done.stdout
        looked = dialler.look(placed.call)
        assert looked is not None
        assert looked.status == "completed"
    with pytest.raises(ProviderUnavailable):
        dialler.own_numbers()


def connected(port: int) -> SandboxDialler:
    """A dialler, once the exchange knows the numbers of the live release."""
    dialler = SandboxDialler(port)
    for _ in range(600):
        try:
            if dialler.own_numbers():
                return dialler
        except ProviderUnavailable:
            pass
        time.sleep(0.05)
    raise AssertionError("no exchange")


def test_who_has_the_port_of_the_exchange_keeps_it_and_calls_are_answered(with_number: Path, port: int) -> None:
    with (
        socket.create_server(("127.0.0.1", port)),
        serving(with_number, "--sandbox", "--workers", "1", IVR_EXCHANGE_PORT=str(port), IVR_LOG="text") as served,
    ):
        phone = served.phone()
        phone.dial()
        assert phone.heard
        served.wait_for("no exchange yet")


def test_a_hotline_that_is_no_sandbox_has_no_exchange(small_folder: Path, port: int, here: Run) -> None:
    with serving(small_folder, "--workers", "1", IVR_EXCHANGE_PORT=str(port)):
        assert here("call", "--answer", IVR_EXCHANGE_PORT=str(port)).returncode == 2


def test_without_a_sandbox_nothing_is_placed(port: int) -> None:
    settings = Settings(exchange_port=port, sandbox=True)
    dialler = dialler_of(settings)
    assert dialler is not None
    result = dialler.place(placing("http://127.0.0.1:8000", "+862155500000"))
    assert isinstance(result, NotPlaced)
    assert result.again
    with pytest.raises(NoExchange, match="ivr serve --sandbox"):
        sandbox_dialler(settings)


@pytest.mark.parametrize(
    ("settings", "places"),
    [
        (Settings(), False),
        (Settings(accounts=(ACCOUNT,)), False),
        (Settings(tokens=("a token",)), False),
        (Settings(accounts=(ACCOUNT,), tokens=("a token",)), True),
        (Settings(accounts=(ACCOUNT,), api_key="SK" + "1" * 32, api_secret="a secret"), True),
    ],
)
def test_calls_are_placed_where_an_account_and_its_secret_are_known(settings: Settings, places: bool) -> None:
    assert isinstance(dialler_of(settings), TwilioDialler) is places
