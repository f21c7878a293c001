"""The routes by which the provider tells of a call, and the whisper: none of them takes a turn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ivr.app.answering.reply import KEPT, Reply, document, line
from ivr.app.answering.signed import Signatures, refuse_late, waited
from ivr.app.wiring import Hotline
from ivr.errors import IvrError, StoreUnavailable
from ivr.service.calls.close import note_status
from ivr.service.calls.keep_recordings import keep_recording
from ivr.service.outgoing.note_attempt import note_attempt
from ivr.twilio.attempt_notices import attempt_news
from ivr.twilio.notices import recording_news, status_change
from ivr.twilio.request import FormFields
from ivr.twilio.voice_request import transferred_call

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("ivr.webhooks")


class Notices:
    """The routes of one hotline that keep what they are told."""

    def __init__(self, hotline: Hotline, signatures: Signatures) -> None:
        self._hotline, self._ports, self._signed = hotline, hotline.ports, signatures.signed

    def status(self, environ: WSGIEnvironment) -> Reply:
        """The number's status webhook."""
        fields, _ = self._signed(environ)
        return self._kept(environ, lambda: self._note(fields))

    def _note(self, fields: FormFields) -> None:
        if change := status_change(fields):
            note_status(self._ports, change)

    def out_status(self, environ: WSGIEnvironment, attempt: str) -> Reply:
        """What becomes of a call that we placed, from its beginning; who answered may come with it."""
        fields, _ = self._signed(environ)
        return self._kept(environ, lambda: self._note_attempt(fields, attempt))

    def out_detection(self, environ: WSGIEnvironment, attempt: str) -> Reply:
        """What an asynchronous detection of machines has found."""
        return self.out_status(environ, attempt)

    def _note_attempt(self, fields: FormFields, attempt: str) -> None:
        if news := attempt_news(fields):
            note_attempt(self._ports, attempt, news)
            self._note(fields)

    def recording(self, environ: WSGIEnvironment, turn: int) -> Reply:
        """News of a recording, or of its transcript, made by this turn's document."""
        fields, _ = self._signed(environ)
        return self._kept(environ, lambda: self._keep(fields, turn))

    def _keep(self, fields: FormFields, turn: int) -> None:
        if news := recording_news(fields, turn):
            keep_recording(self._ports, news)

    def whisper(self, environ: WSGIEnvironment, turn: int) -> Reply:
        """What the desk hears before the caller is put through to it; not a turn of the call."""
        fields, _ = self._signed(environ)
        try:
            with self._ports.store.together(waited(environ)):
                return document(self._hotline.whisper(transferred_call(fields), turn))
        except IvrError as failed:
            log.error("no whisper at turn %d, the desk is connected without it: %s", turn, failed)
        except Exception:
            log.exception("no whisper at turn %d; the desk is connected without it", turn)
        return document('<?xml version="1.0" encoding="UTF-8"?><Response/>')

    def _kept(self, environ: WSGIEnvironment, keep: Callable[[], None]) -> Reply:
        """204 when kept; 503 makes Twilio try once more while the database cannot be reached."""
        try:
            refuse_late(environ)
            with self._ports.store.together(waited(environ)):
                keep()
        except StoreUnavailable as failed:
            log.error("a notice was not kept: %s", failed)
            return line(503, "not kept, try again")
        except Exception:
            log.exception("a notice could not be understood")
        return KEPT
