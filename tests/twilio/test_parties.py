"""Who is at both ends of a call: numbers however they are written, and what is none."""

from __future__ import annotations

import pytest

from ivr.twilio.parties import Parties, number_of, parties_of

MOBILE = "+862155500123"


@pytest.mark.parametrize(
    "raw",
    [
        f"sip:{MOBILE}@pbx.example.com",
        f"SIP:{MOBILE}@PBX.EXAMPLE.COM:5060",
        f"sips:{MOBILE}@pbx.example.com;transport=tls",
        "sip:00862155500123@pbx.example.com",
        f"sip:{MOBILE};ext=12@pbx.example.com;user=phone",
        f"sip:{MOBILE}:secret@pbx.example.com",
        "sip:%2B862155500123@pbx.example.com",
        "sip:%2b86%2D21-555%20(00)123@pbx.example.com",
        f'"Bank of Example" <sip:{MOBILE}@pbx.example.com>;tag=1928301774',
        f"<sip:{MOBILE}@pbx.example.com>",
        f"sip:{MOBILE}",
        "tel:+86-21-5550-0123",
        "TEL:+86(21)5550.0123;phone-context=example.com",
        "tel:0086-21-5550-0123",
        f"client:{MOBILE}",
        f"  sip:{MOBILE}@pbx.example.com ",
        MOBILE,
    ],
)
def test_the_number_in_an_address_is_the_number(raw: str) -> None:
    assert number_of(raw) == MOBILE


@pytest.mark.parametrize(
    "raw",
    [
        "sip:1001@pbx.example.com",
        "sip:02155500123@pbx.example.com",
        "sip:anonymous@anonymous.invalid",
        "sip:+266696687@pbx.example.com",
        "sip:@pbx.example.com",
        "sip:alice+862155500123@pbx.example.com",
        "sip:+86２１@pbx.example.com",
        "sip:%zz%2@pbx.example.com",
        "sip:+862155500123%00@pbx.example.com",
        "sip:+862155500123%40evil@pbx.example.com",
        "sip:0086@pbx.example.com",
        "sip:000862155500123@pbx.example.com",
        "tel:911;phone-context=+1",
        "client:agent",
        "client:alice 86",
        "mailto:+862155500123@example.com",
        "00862155500123",
        "<>",
        "sip:",
    ],
)
def test_an_address_without_a_number_has_none(raw: str) -> None:
    assert number_of(raw) == ""


LINE = "+862155500000"


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"From": MOBILE, "To": LINE}, Parties(MOBILE, None, LINE, "incoming")),
        ({"From": MOBILE, "To": LINE, "Direction": "inbound"}, Parties(MOBILE, None, LINE, "incoming")),
        ({"From": LINE, "To": MOBILE, "Direction": "outbound-api"}, Parties(MOBILE, None, LINE, "outgoing")),
        (
            {"From": f"sip:{LINE}@ours.example", "To": f"sip:{MOBILE}@pbx.example", "Direction": "outbound-dial"},
            Parties(MOBILE, f"sip:{MOBILE}@pbx.example", LINE, "outgoing"),
        ),
        (
            {"From": "sip:1001@pbx.example", "To": f"sip:{LINE}@ours.sip.twilio.com"},
            Parties("", "sip:1001@pbx.example", LINE, "incoming"),
        ),
        ({"From": "anonymous", "To": "sip:a@b.example"}, Parties("", "anonymous", "sip:a@b.example", "incoming")),
        ({"From": "", "To": ""}, Parties("", None, "", "incoming")),
        ({}, Parties("", None, "", "incoming")),
    ],
)  # fmt: skip
def test_the_customer_is_at_the_other_end_and_the_line_is_ours(fields: dict[str, str], ends: Parties) -> None:
    assert parties_of(fields) == ends


def test_an_address_is_kept_on_one_line_and_of_some_length() -> None:
    found = parties_of({"From": "sip:a\u202e\r\nb\x00" + "x" * 500})
    assert found.address is not None
    assert len(found.address.splitlines()) == 1
    assert len(found.address) == 160
