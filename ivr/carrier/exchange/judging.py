"""Whether a request is one the provider takes: its published parameters first, then what an account may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.carrier.exchange.account import E164, Account
from ivr.carrier.exchange.answering import Answer, error
from ivr.carrier.exchange.parameters import CREATE, Kind

Form = Mapping[str, Sequence[str]]
NUMBERS: Mapping[str, int] = {
    "Url": 21205,
    "FallbackUrl": 21205,
    "StatusCallback": 21609,
    "AsyncAmdStatusCallback": 21609,
    "RecordingStatusCallback": 21609,
    "StatusCallbackEvent": 21626,
}
"""The error numbers of parameters that have one; that of all others is the one of calls as a whole."""
OF_CALLS, UNKNOWN = 21200, 20001


def one(form: Form, name: str, otherwise: str = "") -> str:
    """The value of a parameter that is sent once."""
    return (form.get(name) or [otherwise])[-1]


def judge_parameters(form: Form, known: Mapping[str, Kind]) -> Answer | None:
    """The refusal of a request that is not as published; None where it is."""
    for name, values in form.items():
        kind = known.get(name)
        if kind is None:
            return error(UNKNOWN, f"Unknown parameter '{name}'")
        if len(values) > 1 and not kind.repeated:
            return error(OF_CALLS, f"'{name}' is given {len(values)} times")
        for value in values:
            if not kind.takes(value):
                return error(NUMBERS.get(name, OF_CALLS), f"Invalid '{name}': {value!r} is not {kind.expects}")
    return None


def judge_call(form: Form, account: Account) -> Answer | None:
    """The refusal of a call that may not be placed; None where it may."""
    return _judge_to(one(form, "To"), account) or judge_parameters(form, CREATE) or _judge_rest(form, account)


def _judge_to(to: str, account: Account) -> Answer | None:
    if not to:
        return error(21201, "No 'To' number is specified")
    if not E164.fullmatch(to):
        return error(21211, f"Invalid 'To' Phone Number: {to}")
    if not to.startswith(tuple(account.prefixes)):
        return error(21215, f"Account not authorized to call {to}: its country is not permitted")
    if to in account.unreachable:
        return error(21214, f"'To' phone number cannot be reached: {to}")
    if to in account.blocked:
        return error(21216, f"Account not allowed to call phone number {to}")
    return None


def _judge_rest(form: Form, account: Account) -> Answer | None:
    given = one(form, "From")
    if not given:
        return error(21213, "'From' phone number is required")
    if not E164.fullmatch(given):
        return error(21212, f"Invalid 'From' Number: {given}")
    if given not in (*account.numbers, *account.caller_ids):
        return error(21210, f"'From' phone number not verified: {given}")
    if not one(form, "Url"):  # the provider takes Twiml or ApplicationSid instead; here every call is led by a URL
        return error(21205, "'Url' is required")
    if one(form, "AsyncAmd") == "true" and not one(form, "AsyncAmdStatusCallback"):
        # the provider only warns of it, and tells nobody what was detected
        return error(21262, "No AMD status callback URL provided")
    return None
