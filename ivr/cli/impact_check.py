"""What `ivr publish` tells of last week's calls: whom the draft would lead elsewhere. It never refuses a draft."""

from __future__ import annotations

from datetime import UTC, datetime

from ivr.cli.impact_calls import summary_for_publish
from ivr.cli.since import since
from ivr.config import Settings
from ivr.service.releases.publishing import Checking, Draft
from ivr.service.releases.release_ports import Check

LAST_WEEK = "7d"


def impact_check(settings: Settings) -> Checking:
    """Replays the calls on record of the last seven days against the draft."""

    def check(draft: Draft) -> Check:
        told = summary_for_publish(settings, draft.files, since(LAST_WEEK, datetime.now(UTC)))
        if not told:
            return Check("impact", True, "there are no calls of the last 7 days to try it on")
        return Check("impact", True, told[0], told[1:])

    return check
