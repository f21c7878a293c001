"""Whether customers can be phoned, where this installation means to: nothing is asked of an account else."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.app.dialler import dialler_of
from ivr.app.doctor.line import Line, ok, problem, warning
from ivr.app.wiring import wire
from ivr.config import Settings
from ivr.errors import IvrError
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import ProviderUnavailable
from ivr.service.outgoing.outgoing_rows import SWITCH


def examine_outgoing(settings: Settings, *, public: bool) -> Iterator[Line]:
    """The lines about calls to customers; with `public` the account is asked for its numbers. None where
    IVR_OUTGOING does not allow any call, and where the live release makes none."""
    if not settings.outgoing:
        return
    try:
        release, switched = _live(settings)
    except IvrError:
        return  # other lines say what is wrong with the database or the release
    if release is None or not release.outgoing:
        return
    if not settings.seal_keys:
        yield warning("outgoing", Message("doctor.outgoing.no-keys"), Message("doctor.outgoing.set-keys"))
    if not switched:
        yield warning("outgoing", Message("doctor.outgoing.switched-off"), Message("doctor.outgoing.go"))
    yield from _numbers(settings, release) if public else ()


def _live(settings: Settings) -> tuple[Release | None, bool]:
    ports = wire(settings).ports
    try:
        live = ports.store.current_release()
        with ports.store.transaction() as tx:
            switched = bool(tx.switches().get(SWITCH))
        return (ports.release(live) if live else None), switched
    finally:
        ports.store.close()


def _numbers(settings: Settings, release: Release) -> Iterator[Line]:
    """Whether calls come from numbers of the account: those of others are refused."""
    dialler = dialler_of(settings)
    if dialler is None:
        yield problem("outgoing", Message("doctor.outgoing.no-account"), Message("doctor.outgoing.set-account"))
        return
    try:
        ours = set(dialler.own_numbers())
    except ProviderUnavailable as failed:
        yield warning(
            "outgoing", Message("doctor.outgoing.not-asked", why=failed.message), Message("doctor.outgoing.let-out")
        )
        return
    others = [each for each in release.outgoing.values() if each.from_number not in ours]
    for each in others:
        said = Message("doctor.outgoing.not-ours", number=each.from_number, flow=each.flow)
        yield problem("outgoing", said, Message("doctor.outgoing.take-ours"))
    if not others:
        yield ok("outgoing", Message("doctor.outgoing.ours", flows=tuple(release.outgoing)))
