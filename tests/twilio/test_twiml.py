"""Documents: well-formed, within Twilio's bounds, every word as it was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.calendar.workdays import Workdays
from ivr.call.verbs import Ask, Hangup, LastResort, RecordVerb, Speak, TransferVerb, Verb
from ivr.flow.model import Destination, Language, Limits, Prompt, Release, Slot
from ivr.steps.target import GOODBYE
from ivr.twilio.twiml import LARGEST, Documents, DocumentTooLarge, cut, quoted_length, seconds

ZH, EN = "zh-CN", "en-US"
NUMBER = "+862155500100"
CALLED = "+862155500000"


def release(prompts: Mapping[str, Sequence[str | Slot]], **more: object) -> Release:
    made: dict[str, object] = {
        "title": "Illustrative Bank",
        "numbers": {},
        "default": "main",
        "time_zone": "Asia/Shanghai",
        "languages": {
            ZH: Language(ZH, "普通话", "cmn-CN", "cmn-Hans-CN", "Polly.Zhiyu-Neural"),
            EN: Language(EN, "English", "en-US", "en-US", "Polly.Joanna-Neural"),
        },
        "flows": {},
        "prompts": {name: Prompt({ZH: parts}) for name, parts in prompts.items()},
        "hints": {},
        "shortcuts": {},
        "limits": Limits(50, 200, 1800, GOODBYE),
        "call_values": {},
        "hours": {},
        "workdays": Workdays(),
        "destinations": {
            "agents": Destination(NUMBER, "", 25),
            "desk": Destination("sip:desk@example.com?x=1&y=2", "", 25),
        },
        "cases": {},
        "switches": (),
        "reads": frozenset(),
    }
    return Release(**(made | more))  # type: ignore[arg-type]


PLAIN = release(
    {
        "hello": ["您好。"],
        "name": ["您好，", Slot("name", ""), "，请讲。"],
        "digits": ["编号", Slot("name", "digits"), "。"],
    },
    hints={"main.menu": {ZH: ["信用卡", "a,b", '"<&>', "长" * 300, "坏\x00\ufffe", *(f"词{n}" for n in range(600))]}},
)
ASK = Ask(language=ZH, digits=1, end_key="", wait=5.0, gap=3.0, speech=True, hints="main.menu")
RECORD = RecordVerb(language=EN, end_keys="#0*", at_most=120, wait=5.0)
TRANSFER = TransferVerb(destination="agents", ring=25, whisper="hello")
LAST: Sequence[Verb] = (ASK, RECORD, TRANSFER, TransferVerb("desk", 25), Hangup(), LastResort())


def documents(prefix: str = "", last_resort: str = NUMBER) -> Documents:
    return Documents(prefix, last_resort)


def parsed(document: str) -> ElementTree.Element:
    assert len(document.encode()) <= LARGEST
    root = ElementTree.fromstring(document.encode())
    assert root.tag == "Response"
    return root


def rendered(verbs: Sequence[Verb], flows: Release = PLAIN, called: str = CALLED) -> ElementTree.Element:
    return parsed(documents().render(flows, verbs, 2, called))


def heard(root: ElementTree.Element) -> str:
    return "".join(say.text or "" for say in root.iter("Say"))


def legal(text: str) -> str:
    """What of a text XML 1.0 allows, after a parser has made one of each line end."""
    kept = "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )
    return kept.replace("\r\n", "\n").replace("\r", "\n")


HOSTILE = st.sampled_from(
    [
        "</Say><Dial>+12025550199</Dial><Say>",
        "<![CDATA[x]]>",
        "]]>",
        "<!-- x -->",
        "<?xml version='1.0'?>",
        "&amp;&lt;&#0;&unknown;",
        "\"'<>&",
        "{name} {{7*7}} %s",
        "\x00\x0b\x1b\ufffe\uffff\ud800\udfff",
        "a\r\nb\rc\td\x85\u2028",
        "‮abc‬",
        "👩‍👩‍👧‍👦" * 20,
    ]
)
ANYTHING = st.text(st.characters(), max_size=90) | st.lists(HOSTILE, max_size=3).map("".join)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(value=ANYTHING, last=st.sampled_from(LAST[:5]), called=st.sampled_from([CALLED, "", "client:x"]) | ANYTHING)
def test_any_value_is_spoken_unchanged_but_for_illegal_characters_and_is_never_markup(
    value: str, last: Verb, called: str
) -> None:
    shape = [element.tag for element in rendered([Speak("name", ZH, {"name": "x"}), last]).iter()]

    root = rendered([Speak("name", ZH, {"name": value}), last], called=called)

    assert [element.tag for element in root.iter()] == shape
    assert heard(root) == f"您好，{legal({'yes': '是', 'no': '否'}.get(value, value[:60]))}，请讲。"


@settings(max_examples=200, derandomize=True, deadline=None)
@given(value=ANYTHING)
def test_any_value_in_a_whisper_is_well_formed_and_only_spoken(value: str) -> None:
    root = parsed(documents().whisper(PLAIN, "name", ZH, {"name": value}))

    assert [child.tag for child in root] == ["Say"]
    assert heard(root) == f"您好，{legal({'yes': '是', 'no': '否'}.get(value, value[:60]))}，请讲。"


@settings(derandomize=True, deadline=None)
@given(text=ANYTHING)
def test_a_prompt_itself_may_hold_any_text(text: str) -> None:
    root = rendered([Speak("p", ZH), Hangup()], release({"p": [f"您好{text}。"]}))

    assert heard(root) == legal(f"您好{text}。")


PIECES = st.text(max_size=30) | st.sampled_from(["字", "a", "a ", "/", "👍", "好。", "Yes. ", "~&"])
LONG = st.tuples(PIECES, st.integers(1, 6000))


@settings(max_examples=50, derandomize=True, deadline=None)
@given(pieces=st.lists(LONG, min_size=1, max_size=3))
@example(pieces=[("a", 4400)])
@example(pieces=[("/", 4400)])
@example(pieces=[("👍", 1000)])
def test_no_say_is_longer_than_the_network_will_speak_and_no_word_is_lost(pieces: list[tuple[str, int]]) -> None:
    text = "".join((piece * times)[:6000] for piece, times in pieces)

    said = cut(text)

    assert "".join(said).rstrip() == text.rstrip()
    for piece in said:
        assert piece
        assert len(piece) <= 3000
        assert len(quote(piece, safe="")) <= 4500


def test_a_long_text_is_cut_between_sentences() -> None:
    sentence = "本产品不是存款，有投资风险，购买前请先完成风险测评。"

    said = cut(sentence * 60)

    assert len(said) > 1
    assert all(piece.endswith("。") for piece in said)


def test_a_text_of_nothing_is_not_said() -> None:
    assert cut("") == []
    assert cut("  \n") == []
    assert [child.tag for child in rendered([Speak("p", ZH), Hangup()], release({"p": ["\x00"]}))] == ["Hangup"]


@pytest.mark.parametrize(("text", "times"), [("👍", 18_000), ("字", 22_000), ("<", 20_000), ("a", 70_000)])
def test_a_document_over_64_kb_is_never_made(text: str, times: int) -> None:
    with pytest.raises(DocumentTooLarge):
        documents().render(release({"p": [text * times]}), [Speak("p", ZH), Hangup()], 2, CALLED)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=6), times=st.integers(1, 70_000))
def test_a_document_is_within_64_kb_or_is_refused(text: str, times: int) -> None:
    flows = release({"p": [(text * times)[:70_000]]})

    try:
        document = documents().render(flows, [Speak("p", ZH), ASK], 2, CALLED)
    except DocumentTooLarge:
        return

    parsed(document)


SPOKEN = st.lists(st.tuples(st.sampled_from(["hello", "name"]), st.sampled_from([ZH, EN]), st.booleans()), max_size=6)
MAY_STAND = {
    "Response": {"Say", "Gather", "Record", "Dial", "Redirect", "Hangup"},
    "Gather": {"Say"},
    "Dial": {"Number", "Sip"},
}


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    spoken=SPOKEN,
    last=st.sampled_from([*LAST, Speak("hello", ZH)]),
    last_resort=st.sampled_from(["", NUMBER]),
    digits=st.integers(0, 12),
)
def test_verbs_stand_only_where_they_may_and_a_document_never_just_runs_out(
    spoken: list[tuple[str, str, bool]], last: Verb, last_resort: str, digits: int
) -> None:
    verbs: list[Verb] = [Speak(name, tongue, {"name": "x"}, interrupt) for name, tongue, interrupt in spoken]
    end = Ask(ZH, digits, "#", 5, 3, speech=bool(digits % 2)) if isinstance(last, Ask) else last

    root = parsed(documents(last_resort=last_resort).render(PLAIN, [*verbs, end], 2, CALLED))

    for parent in root.iter():
        assert {child.tag for child in parent} <= MAY_STAND.get(parent.tag, set())
    tags = [child.tag for child in root]
    assert tags[-1] in {"Redirect", "Hangup", "Dial"}
    assert not {"Redirect", "Hangup"} & set(tags[:-1])
    assert tags.count("Gather") + tags.count("Record") <= 1
    for dial in root.iter("Dial"):
        assert len(dial) == 1
        assert dial is root[-1] or dial.get("action") is None


def test_a_question_listens_while_it_speaks_and_comes_back_after_silence() -> None:
    root = rendered([Speak("hello", ZH), Speak("name", ZH, {"name": "x"}), ASK])

    gather, redirect = root
    assert [child.tag for child in gather] == ["Say", "Say"]
    assert gather.attrib | {"hints": ""} == {
        "input": "dtmf speech",
        "action": "/voice/t/2#rc=2&rp=5xx,ct,rt",
        "method": "POST",
        "timeout": "5",
        "finishOnKey": "",
        "numDigits": "1",
        "speechTimeout": "3",
        "language": "cmn-Hans-CN",
        "hints": "",
    }
    assert redirect.text == gather.get("action")


def test_what_may_not_be_interrupted_is_said_before_listening() -> None:
    root = rendered(
        [Speak("hello", ZH), Speak("name", ZH, {"name": "notice"}, interrupt=False), Speak("hello", EN), ASK]
    )

    assert [child.tag for child in root] == ["Say", "Say", "Gather", "Redirect"]
    assert [say.get("language") for say in root.iter("Say")] == ["cmn-CN", "cmn-CN", "en-US"]


def test_hints_are_within_the_networks_bounds_each_word_once() -> None:
    gather = rendered([Speak("hello", ZH), ASK])[0]
    hints = gather.attrib["hints"].split(",")

    assert len(hints) <= 500
    assert len(set(hints)) == len(hints)
    assert all(len(hint) <= 100 for hint in hints)
    assert hints[:5] == ["信用卡", "a b", '"<&>', "长" * 100, "坏"]


def test_keys_alone_are_listened_for_without_the_recogniser() -> None:
    gather = rendered([Ask(ZH, 0, "#", 5, 3, speech=False, hints="main.menu")])[0]

    assert gather.get("input") == "dtmf"
    assert not {"numDigits", "language", "speechTimeout", "hints"} & set(gather.attrib)


def test_a_recording_is_reported_and_silence_comes_back() -> None:
    root = rendered([Speak("hello", EN), RECORD])

    say, record, redirect = root
    assert (say.tag, record.tag, redirect.tag) == ("Say", "Record", "Redirect")
    assert record.get("action") == redirect.text == "/voice/t/2#rc=2&rp=5xx,ct,rt"
    assert record.get("finishOnKey") == "#0*"
    assert record.get("maxLength") == "120"
    assert record.get("recordingStatusCallback", "").startswith("/voice/recording/2#")
    assert record.get("transcribe") == "true"
    assert rendered([RecordVerb(ZH, "#", 60, 5)])[0].get("transcribe") is None


OURS = "+862155500001"
NOT_OURS = ["", "client:x", "sip:alice@bank.example", "+１２３４５６", "+1001", "+10000000000", "anonymous", '+12" x="']


@pytest.mark.parametrize("last", [TRANSFER, TransferVerb("agents", 25), TransferVerb("desk", 25), LastResort()])
@pytest.mark.parametrize("called", [CALLED, "+12025550199", OURS, *NOT_OURS])
def test_whoever_is_rung_sees_the_number_dialled_else_one_of_the_hotlines_own(called: str, last: Verb) -> None:
    flows = release({"hello": ["您好。"]}, numbers={OURS: "main", "+862155500002": "main"})

    shown = [dial.get("callerId") for dial in rendered([last], flows, called).iter("Dial")]

    assert shown == [OURS if called in NOT_OURS else called]


@pytest.mark.parametrize("called", NOT_OURS)
def test_a_hotline_without_a_number_of_its_own_has_none_to_show(called: str) -> None:
    assert [dial.get("callerId") for dial in rendered([TRANSFER], called=called).iter("Dial")] == [None]


def test_the_last_document_of_all_shows_a_number_of_the_hotline_that_was_rendered_before() -> None:
    made = documents()
    shown = [[dial.get("callerId") for dial in parsed(made.apology(called)).iter("Dial")] for called in ("", CALLED)]
    made.render(release({"hello": ["您好。"]}, numbers={OURS: "main"}), [Speak("hello", ZH), Hangup()], 2, CALLED)

    assert shown == [[None], [CALLED]]
    for called in NOT_OURS:
        assert [dial.get("callerId") for dial in parsed(made.apology(called)).iter("Dial")] == [OURS]


def test_a_transfer_rings_its_desk_as_long_as_it_says_and_whispers_first() -> None:
    (dial,) = rendered([TRANSFER])

    assert dial.get("timeout") == "25"
    assert [(child.tag, child.text, child.get("url")) for child in dial] == [("Number", NUMBER, "/voice/whisper/2")]


def test_a_desk_may_be_a_sip_address() -> None:
    (dial,) = rendered([TransferVerb("desk", 25)])

    assert [(child.tag, child.text, child.attrib) for child in dial] == [("Sip", "sip:desk@example.com?x=1&y=2", {})]


def test_the_last_resort_is_its_number_or_goodbye() -> None:
    with_number = parsed(documents().render(PLAIN, [Speak("hello", ZH), LastResort()], 2, CALLED))
    without = parsed(documents(last_resort="").render(PLAIN, [Speak("hello", ZH), LastResort()], 2, CALLED))

    assert [number.text for number in with_number.iter("Number")] == [NUMBER]
    assert with_number[-1].tag == without[-1].tag == "Hangup"
    assert not list(without.iter("Dial"))
    assert heard(without)
    assert not any(word in heard(without) for word in ("转接", "putting you through"))


@pytest.mark.parametrize("prefix", ["", "/ivr", "/ivr/", "/a&b", "/it's", '/"x"'])
def test_urls_stand_under_the_public_urls_path_whatever_it_is(prefix: str) -> None:
    for last in LAST:
        root = parsed(documents(prefix).render(PLAIN, [last], 7, CALLED))
        for element in root.iter():
            urls = [value for name, value in element.attrib.items() if name in ("action", "url") or "allback" in name]
            for url in urls + ([element.text or ""] if element.tag == "Redirect" else []):
                assert url.startswith(f"{prefix.rstrip('/')}/voice/")


def test_an_authors_language_tags_cannot_break_a_document() -> None:
    flows = release({"p": ["您好"]}, languages={ZH: Language(ZH, "x", '"<&', "\"'<&", "'\"<")})

    root = parsed(documents().render(flows, [Speak("p", ZH), ASK], 2, CALLED))

    assert root[0].get("language") == "\"'<&"
    assert root[0][0].attrib == {"voice": "'\"<", "language": '"<&'}


def test_a_caller_in_an_unknown_language_hears_the_first_one() -> None:
    (say, _) = rendered([Speak("hello", "fr-FR"), Hangup()])

    assert say.get("language") == "cmn-CN"
    assert say.text == "您好。"


def test_a_value_said_to_one_caller_is_not_said_to_the_next() -> None:
    made = documents()

    for name in ("甲", "乙", "甲"):
        root = parsed(made.render(PLAIN, [Speak("name", ZH, {"name": name}), Hangup()], 2, CALLED))
        assert heard(root) == f"您好，{name}，请讲。"
    assert heard(parsed(made.render(PLAIN, [Speak("name", ZH), Hangup()], 2, CALLED))) == "您好，，请讲。"


def test_the_same_turn_gives_the_same_bytes() -> None:
    verbs = [Speak("name", ZH, {"name": "x"}), ASK]

    assert documents().render(PLAIN, verbs, 2, CALLED) == documents().render(PLAIN, verbs, 2, CALLED)
    made = documents()
    assert made.render(PLAIN, verbs, 2, CALLED) == made.render(PLAIN, verbs, 2, CALLED)


@pytest.mark.parametrize(("wait", "whole"), [(0.0, 1), (0.2, 1), (1.4, 1), (2.6, 3), (60.0, 60)])
def test_waiting_times_are_whole_seconds_and_never_none(wait: float, whole: int) -> None:
    assert seconds(wait) == whole


@settings(max_examples=300)
@example("".join(map(chr, range(256))))
@example("投诉已受理，编号是1 2 3。")
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_as_long_when_quoted_as_the_library_makes_it(text: str) -> None:
    assert quoted_length(text) == len(quote(text, safe=""))
