"""Which requests are read at all: those that say how long they are. Twilio always does."""

from __future__ import annotations

from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.utilities import Error  # type: ignore[import-untyped]


class LengthRequired(Error):  # type: ignore[misc]
    """A body in chunks: nobody knows how much is to come."""

    code, reason = 411, "Length Required"


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """One request as it comes in. One that is refused by its head is whole at once: its body is not waited for."""

    error: Error | None

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.headers_finished and not self.error and (self.chunked or "TRANSFER_ENCODING" in self.headers):
            self.error = LengthRequired("send a body with Content-Length, not in chunks")
            self.completed = True
        if self.error:
            self.expect_continue = False  # nobody is asked for a body that is not read
        return taken
