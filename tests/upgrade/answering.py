"""A process that answers webhooks with whichever version of ivr its path leads to: requests come as lines of JSON."""

from __future__ import annotations

import json
import sys
from urllib.parse import quote_plus, urlencode

import webhooks
from ivr.app.database import prepare_database
from ivr.app.preparing import prepare
from ivr.app.wiring import system_clock, wire
from ivr.carrier.line import WsgiLine
from ivr.carrier.signing import sign
from ivr.config import Settings

TOKEN, URL = "a token for tests", "http://127.0.0.1:8000"


def main(database_url: str, flows: str) -> None:
    settings = Settings(database_url=database_url, flows=flows, public_url=URL, sqlite_sync="OFF", tokens=(TOKEN,))
    prepare_database(settings)
    prepare(settings, system_clock())
    hotline = wire(settings)
    line = WsgiLine(webhooks.create_app(hotline=hotline))
    say("ready")
    for asked in sys.stdin:
        path, pairs = json.loads(asked)
        pairs = [(name, value) for name, value in pairs]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": sign(TOKEN, URL + path, pairs),
        }
        reply = line.post(URL + path, urlencode(pairs, quote_via=quote_plus).encode(), headers, 15)
        say(json.dumps([reply.status, reply.body.decode()]))
    hotline.ports.store.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
