"""All that `ivr doctor` looks at, in the order in which it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.app.doctor.database import safely
from ivr.app.doctor.flows import examine_flows
from ivr.app.doctor.line import Line
from ivr.app.doctor.outgoing import examine_outgoing
from ivr.app.doctor.reach import examine_reach
from ivr.app.doctor.settings import examine_public_url, examine_settings, examine_token
from ivr.app.doctor.version import examine_version


def examine(environ: Mapping[str, str], *, public: bool = True) -> Iterator[Line]:
    """Line after line. With `public` a signed request is sent through the public URL as well, where the hotline runs
    here; nothing is changed anywhere, but that the database is written to, once."""
    yield examine_version()
    settings, lines = examine_settings(environ)
    yield from lines
    yield from examine_token(settings)
    yield from examine_public_url(settings, environ)
    yield from safely(settings)
    yield from examine_flows(settings)
    yield from examine_outgoing(settings, public=public)
    yield from examine_reach(settings, public=public)
