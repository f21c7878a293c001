"""The carrier reads as strictly as the network at its strictest: a document it takes is one every caller hears."""

from __future__ import annotations

import pytest

from ivr.carrier.document import LARGEST, DocumentRefused, Element, read_document
from ivr.carrier.line import Reply

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
VALID = f"""{HEAD}<Response>
  <Say voice="Polly.Zhiyu-Neural" language="cmn-CN">您好</Say>
  <Gather input="dtmf speech" action="/voice/t/2#rc=2&amp;rp=5xx" method="POST" timeout="5" finishOnKey="#"
    numDigits="1" speechTimeout="3" language="cmn-Hans-CN" hints="投诉,咨询" actionOnEmptyResult="true">
    <Say>请按键</Say><Pause length="1"/><Play>https://example.com/a.mp3</Play>
  </Gather>
  <Record action="/a" maxLength="60" timeout="5" finishOnKey="1234567890*#" playBeep="true" transcribe="false"/>
  <Dial action="/b" timeout="25" callerId="+862155500000"><Number url="/whisper">+862155500100</Number></Dial>
  <Dial action="/b"><Sip>sip:desk@example.com</Sip></Dial>
  <Redirect method="POST">/voice/t/2</Redirect>
  <Hangup/>
</Response>"""


def read(inner: str, *, whisper: bool = False) -> list[Element]:
    body = f"{HEAD}<Response>{inner}</Response>"
    return read_document(Reply(200, "text/xml; charset=utf-8", body.encode()), whisper=whisper)


def refused(inner: str, *, whisper: bool = False) -> int:
    with pytest.raises(DocumentRefused) as caught:
        read(inner, whisper=whisper)
    assert str(caught.value).startswith(f"{caught.value.code}: ")
    return caught.value.code


def code_of(reply: Reply) -> int:
    with pytest.raises(DocumentRefused) as caught:
        read_document(reply)
    return caught.value.code


def test_a_valid_document_is_taken_whole() -> None:
    verbs = read_document(Reply(200, "text/xml", VALID.encode()))
    assert [verb.name for verb in verbs] == ["Say", "Gather", "Record", "Dial", "Dial", "Redirect", "Hangup"]
    assert [said.text for verb in verbs for said in verb.said()] == ["您好", "请按键"]
    assert verbs[1].attributes["action"] == "/voice/t/2#rc=2&rp=5xx"
    assert verbs[3].children[0] == Element("Number", {"url": "/whisper"}, "+862155500100")


def test_an_empty_response_is_a_document() -> None:
    assert read("") == []


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "TEXT/XML ; charset=utf-8"])
def test_a_content_type_of_xml_is_taken(kind: str) -> None:
    assert len(read_document(Reply(200, kind, VALID.encode()))) == 7


@pytest.mark.parametrize("kind", ["", "text/html", "text/plain", "application/json", "text/xmlx"])
def test_another_content_type_is_12300(kind: str) -> None:
    assert code_of(Reply(200, kind, VALID.encode())) == 12300


def test_an_empty_body_is_11770() -> None:
    assert code_of(Reply(200, "text/xml", b"")) == 11770


def test_a_body_over_64_kb_is_11750_and_one_of_64_kb_is_not() -> None:
    most = HEAD.encode() + b"<Response>" + b" " * (LARGEST - len(HEAD) - 21) + b"</Response>"
    assert len(most) == LARGEST
    assert read_document(Reply(200, "text/xml", most)) == []
    assert code_of(Reply(200, "text/xml", most + b" ")) == 11750


@pytest.mark.parametrize(
    "body",
    [b" <Response/>", b"\xef\xbb\xbf<Response/>", b"no xml", b"<Response>", b"<Response></Say>", b"<Response/><Say/>",
     b"<Response>&nope;</Response>", b"<Response>\x0b</Response>", b"<Response>\xff</Response>",
     b"<Response><Say>&#0;</Say></Response>", b'<!DOCTYPE r [<!ENTITY a "b">]><Response/>',
     b'<?xml version="1.0"?>' + b" " * 300 + b'<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>'],
)  # fmt: skip
def test_a_body_that_is_no_well_formed_xml_is_12100(body: bytes) -> None:
    assert code_of(Reply(200, "text/xml", body)) == 12100


@pytest.mark.parametrize("root", ["response", "TwiML", "Say"])
def test_another_root_than_response_is_12102(root: str) -> None:
    assert code_of(Reply(200, "text/xml", f"<{root}/>".encode())) == 12102


@pytest.mark.parametrize(
    "inner",
    ["<Sing/>", "<say>hi</say>", "<Say colour='red'>hi</Say>", "<Response/>", "words", "<Hangup/>words",
     "<Hangup>x</Hangup>", "<Say>hi</Say><Reject/>", "<Say>a<Say>b</Say></Say>", "<Hangup><Say>x</Say></Hangup>",
     "<Number>+12025550100</Number>", "<Dial>+12025550100</Dial>",
     "<Dial><Say>x</Say></Dial>", "<Reject reason='tired'/>"],
)  # fmt: skip
def test_what_the_network_would_only_warn_of_is_12200(inner: str) -> None:
    assert refused(inner) == 12200


@pytest.mark.parametrize(
    "verb", ["<Record action='/a'/>", "<Redirect>/a</Redirect>", "<Dial/>", "<Hangup/>", "<Gather action='/b'/>"]
)
def test_a_verb_misplaced_in_a_gather_is_13320(verb: str) -> None:
    assert refused(f"<Gather action='/a'>{verb}</Gather>") == 13320


@pytest.mark.parametrize("verb", ["<Dial><Number>+12025550100</Number></Dial>", "<Record action='/a'/>", "<Reject/>"])
def test_a_verb_that_a_whisper_may_not_hold_is_13201(verb: str) -> None:
    read(verb)
    assert refused(verb, whisper=True) == 13201


def test_a_whisper_may_speak() -> None:
    assert [verb.name for verb in read("<Say>hi</Say><Pause length='1'/><Hangup/>", whisper=True)][0] == "Say"


@pytest.mark.parametrize("verb", ["Gather", "Record"])
def test_a_question_without_an_action_would_go_round_for_ever_and_is_11100(verb: str) -> None:
    assert refused(f"<{verb}/>") == 11100
    assert refused(f"<{verb} action=''/>") == 11100
    assert refused(f"<{verb} action='/a b'/>") == 11100


@pytest.mark.parametrize(
    ("code", "inner"),
    [(13520, "<Say/>"), (13520, "<Say> </Say>"), (13511, "<Say voice='Bob'>x</Say>"), (13510, "<Say loop='-1'>x</Say>"),
     (13512, "<Say language='cmn-Hans-CN'>x</Say>"), (13512, "<Say language='english'>x</Say>"),
     (13420, "<Play/>"), (13420, "<Play digits='abc'>/a</Play>"), (13910, "<Pause length='0'/>"),
     (11100, "<Redirect/>"), (13710, "<Redirect method='PUT'>/a</Redirect>"),
     (13312, "<Gather action='/a' method='PUT'/>"), (13300, "<Gather action='/a' input='voice'/>"),
     (13313, "<Gather action='/a' timeout='0'/>"), (13313, "<Gather action='/a' timeout='five'/>"),
     (13310, "<Gather action='/a' finishOnKey='##'/>"), (13314, "<Gather action='/a' numDigits='0'/>"),
     (13300, "<Gather action='/a' language='cmn-CN'/>"), (13327, "<Gather action='/a' speechTimeout='0'/>"),
     (13335, "<Gather action='/a' speechTimeout='auto' speechModel='phone_call'/>"),
     (12200, "<Gather action='/a' actionOnEmptyResult='yes'/>"),
     (13610, "<Record action='/a' method='PUT'/>"), (13611, "<Record action='/a' maxLength='1'/>"),
     (13612, "<Record action='/a' timeout='0'/>"), (13613, "<Record action='/a' finishOnKey='x'/>"),
     (13614, "<Record action='/a' playBeep='1'/>"), (13615, "<Record action='/a' transcribe='1'/>"),
     (13210, "<Dial method='PUT'/>"), (13212, "<Dial timeout='0'/>"), (13214, "<Dial callerId='anonymous'/>"),
     (13213, "<Dial hangupOnStar='1'/>"), (13222, "<Dial timeLimit='0'/>"),
     (13223, "<Dial><Number>12025550100</Number></Dial>"), (13224, "<Dial><Sip>desk</Sip></Dial>"),
     (13221, "<Dial><Number method='PUT'>+12025550100</Number></Dial>"),
     (13220, "<Dial><Number sendDigits='x'>+12025550100</Number></Dial>")],
)  # fmt: skip
def test_a_value_out_of_its_bounds_has_the_network_s_own_code(code: int, inner: str) -> None:
    assert refused(inner) == code


def test_a_say_is_measured_as_it_is_encoded() -> None:
    assert len(read(f"<Say>{'说' * 500}</Say>")) == 1
    assert refused(f"<Say>{'说' * 501}</Say>") == 13521
    assert len(read(f"<Say>{'a' * 4500}</Say>")) == 1
    assert refused(f"<Say>{'a' * 4501}</Say>") == 13521


def test_hints_are_at_most_five_hundred_of_a_hundred_characters() -> None:
    assert len(read(f"<Gather action='/a' hints='{','.join(['word'] * 500)}'/>")) == 1
    assert refused(f"<Gather action='/a' hints='{','.join(['word'] * 501)}'/>") == 13300
    assert refused(f"<Gather action='/a' hints='{'x' * 101}'/>") == 13300
