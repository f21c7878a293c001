"""Requests to the exchange, by method and path: who asks, for what, and the answer as the provider's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.carrier.exchange.answering import Answer, error
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.judging import Form, judge_parameters, one
from ivr.carrier.exchange.listing import chosen
from ivr.carrier.exchange.parameters import LIST, NUMBERS, UPDATE

VERSION = "/2010-04-01"
_PATH = re.compile(rf"{VERSION}/Accounts/(?P<account>AC[0-9a-fA-F]{{32}})(?P<what>/[A-Za-z]+)?(?:/(?P<sid>\w+))?\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it came."""

    method: str
    path: str
    query: Form = field(default_factory=dict)
    form: Form = field(default_factory=dict)
    authorization: str = field(default="", repr=False)


def handle(exchange: Exchange, request: Request) -> Answer | None:
    """The answer; None where it is lost on the way."""
    account = exchange.account
    if not account.admits(request.authorization):
        return error(20003, "Authenticate")
    found = _PATH.fullmatch(request.path)
    if not found or found["account"] != account.sid:
        return _not_found(request.path)
    what, sid, method = found["what"], found["sid"] or "", request.method
    if method not in ("GET", "POST"):
        return error(20004, "Method not allowed")
    if what == "/Calls" and method == "POST":
        return _ended(exchange, request, sid) if sid else exchange.place(request.form)
    if method == "POST":
        return error(20004, "Method not allowed")
    if what == "/Calls":
        return _call(exchange, request.path, sid) if sid else _calls(exchange, request)
    if what is None:
        return Answer(200, _account(exchange))
    numbers = {"/IncomingPhoneNumbers": account.numbers, "/OutgoingCallerIds": account.caller_ids}.get(what)
    return _numbers(request, what, numbers) if numbers is not None and not sid else _not_found(request.path)


def _ended(exchange: Exchange, request: Request, sid: str) -> Answer:
    refused = judge_parameters(request.form, UPDATE)
    return refused or exchange.end(sid, one(request.form, "Status", "completed"))


def _call(exchange: Exchange, path: str, sid: str) -> Answer:
    call = exchange.calls.get(sid)
    return Answer(200, call.resource()) if call else _not_found(path)


def _calls(exchange: Exchange, request: Request) -> Answer:
    if refused := judge_parameters(request.query, LIST):
        return refused
    calls = [call.resource() for call in chosen(exchange.calls_to(one(request.query, "To")), request.query)]
    return _page(request, "calls", calls)


def _numbers(request: Request, what: str, numbers: Sequence[str]) -> Answer:
    if refused := judge_parameters(request.query, NUMBERS):
        return refused
    wanted = one(request.query, "PhoneNumber")
    letters, name = (
        ("PN", "incoming_phone_numbers") if what == "/IncomingPhoneNumbers" else ("PN", "outgoing_caller_ids")
    )
    rows = [
        {"sid": f"{letters}{n:032x}", "phone_number": number, "friendly_name": number}
        for n, number in enumerate(numbers, 1)
        if wanted in number
    ]
    return _page(request, name, rows)


def _page(request: Request, name: str, rows: Sequence[Mapping[str, Any]]) -> Answer:
    """One page of a list, and where the next one is."""
    size, page = int(one(request.query, "PageSize", "50")), int(one(request.query, "Page", "0"))
    shown = rows[page * size : (page + 1) * size]
    kept = "".join(f"&{key}={one(request.query, key)}" for key in request.query if not key.startswith("Page"))
    at = f"{request.path}?PageSize={size}{kept.replace('+', '%2B')}"
    more = len(rows) > (page + 1) * size
    return Answer(200, {
        name: list(shown), "page": page, "page_size": size, "start": page * size, "end": page * size + len(shown) - 1,
        "uri": f"{at}&Page={page}", "first_page_uri": f"{at}&Page=0",
        "previous_page_uri": f"{at}&Page={page - 1}" if page else None,
        "next_page_uri": f"{at}&Page={page + 1}&PageToken=PA{shown[-1]['sid']}" if more else None,
    })  # fmt: skip


def _account(exchange: Exchange) -> Mapping[str, Any]:
    account = exchange.account
    return {
        "sid": account.sid, "friendly_name": "Sandbox", "status": account.status, "type": "Full",
        "owner_account_sid": account.sid, "uri": f"{VERSION}/Accounts/{account.sid}.json", "subresource_uris": {},
    }  # fmt: skip


def _not_found(path: str) -> Answer:
    return error(20404, f"The requested resource {path} was not found")
