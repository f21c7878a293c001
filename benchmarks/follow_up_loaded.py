"""What takes a worker a second of the processor when it starts, done once for all that are started anew: else they
would be killed before they dial."""

from __future__ import annotations

from datetime import date

import follow_up_worker
import phonenumbers
import twilio.rest

from ivr.calendar.workdays import Workdays
from ivr.call.phone import Phoned

LOADED = (follow_up_worker, phonenumbers, twilio.rest)
assert Workdays("CN").is_workday(date(2026, 3, 3))
assert Phoned(frozenset({"CN"})).may_call("+862155500123")
