"""What the network says of a recording: in the request that follows it, and in the notices that come later."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.carrier.signing import FormPairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording of a call: the `nth`, so many seconds long; `text` is what a transcriber makes of it."""

    account: str
    call: str
    nth: int
    seconds: int
    text: str

    @property
    def about(self) -> list[tuple[str, str]]:
        """Its id and where it is kept."""
        sid = f"RE{self.call[2:30]}{self.nth:04d}"
        url = f"https://api.twilio.com/2010-04-01/Accounts/{self.account}/Recordings/{sid}"
        return [("RecordingSid", sid), ("RecordingUrl", url)]

    def action(self) -> list[tuple[str, str]]:
        """What the request to the action says."""
        return [*self.about, ("RecordingDuration", str(self.seconds))]

    def status(self) -> FormPairs:
        """The notice that it is kept."""
        done = [("RecordingStatus", "completed"), ("RecordingDuration", str(self.seconds)), ("RecordingChannels", "1")]
        return [*self._ids(), *self.about, *done, ("RecordingSource", "RecordVerb")]

    def transcript(self) -> FormPairs:
        """The notice of what was said."""
        made = [("TranscriptionText", self.text), ("TranscriptionStatus", "completed")]
        return [*self._ids(), *self.about, *made]

    def _ids(self) -> list[tuple[str, str]]:
        return [("AccountSid", self.account), ("CallSid", self.call)]
