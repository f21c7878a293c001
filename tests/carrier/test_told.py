"""The carrier's sentences stand in the catalogue too, word for word, and are said in the reader's language."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

from ivr.carrier.document import DocumentRefused, read_document
from ivr.carrier.line import Reply
from ivr.carrier.told import Told
from ivr.carrier.wrong_acts import cannot, question_takes, waits_for
from ivr.messages.catalogue import catalogue
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier

CARRIER = Path(__file__).parents[2] / "ivr" / "carrier"


def written() -> dict[str, str]:
    """Each code of the carrier's sentences with its English, as its files write them."""
    found: dict[str, str] = {}
    for path in CARRIER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Told":
                code, english = node.args
                if isinstance(code, ast.Constant):
                    found[str(code.value)] = ast.literal_eval(english)
    return found


def test_the_catalogue_has_the_carriers_sentences_word_for_word() -> None:
    theirs = {code: text for code, text in catalogue("en").sentences.items() if code.startswith("carrier.")}
    assert theirs == written()


@pytest.mark.parametrize(
    ("told", "english", "chinese"),
    [
        (
            cannot("speak", question_takes(speech=False, digits=1, finish="#")),
            "the caller cannot speak now: this question takes one key, no speech",
            "来电人现在不能说话：此处只接受一个按键，不听说话",
        ),
        (
            cannot("record", waits_for("dial")),
            "the caller cannot leave a message now: a transfer is going on",
            "来电人现在不能留言：正在转接",
        ),
    ],
)
def test_a_refused_act_is_told_in_the_readers_language(told: Told, english: str, chinese: str) -> None:
    again = pickle.loads(pickle.dumps(told))  # noqa: S301 - our own
    message = said_by_carrier(again)
    assert isinstance(message, Message)
    assert (told, again, message, message.in_language("zh-CN")) == (english, english, english, chinese)


def test_a_refused_document_is_told_in_the_readers_language() -> None:
    with pytest.raises(DocumentRefused) as caught:
        read_document(Reply(200, "text/xml", b"<Response><Shout/></Response>"))
    message = said_by_carrier(caught.value.why)
    assert isinstance(message, Message)
    assert (caught.value.code, message.in_language("zh-CN")) == (12200, "没有 Shout 这个动词")


def test_any_other_text_stays_as_it_is() -> None:
    assert said_by_carrier("HTTP 403: no") == "HTTP 403: no"
