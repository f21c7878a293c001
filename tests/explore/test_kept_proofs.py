"""A proof is used again where only words changed, and by no other change; kept or not, the results are the same."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from tiny import SINCE, files

from ivr.explore.kept_proofs import KeptProofs, proof_key
from ivr.explore.kept_words import kept_words, words_kept
from ivr.explore.mute import mute_hash
from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.messages.message import Message

STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 时间, en-US: hours}, words: {zh-CN: [几点], en-US: [when]}, next: told}
    2: {label: {zh-CN: 留言, en-US: a message}, next: story}
told: {say: {zh-CN: '{hours.agents.opens:time}。', en-US: 'We open {hours.agents.opens:time}.'}, next: menu}
story:
  record: {zh-CN: 请讲。, en-US: Speak.}
  save: story
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, say: [{zh-CN: 没听清。, en-US: Pardon?}], next: goodbye}
  next: goodbye
"""
PROMISES = "- {from: everywhere, press: 0, reaches: a person}\n- {at most: 290 seconds, before: case callback}"
Words = tuple[str, str]


def hotline(*edits: Words) -> dict[str, bytes]:
    """The files of a small hotline, with texts replaced."""
    found = files(STEPS, promises=PROMISES)
    for old, new in edits:
        assert any(old.encode() in raw for raw in found.values()), old
        found = {name: raw.replace(old.encode(), new.encode()) for name, raw in found.items()}
    return found


def key_of(written: Mapping[str, bytes]) -> str:
    return proof_key(parse(written), since=SINCE, entries=(), most=1000)


def proved(written: Mapping[str, bytes]) -> Proof:
    return prove(compile_release(parse(written)), Scope(since=SINCE), calls=50)


def said(proof: Proof) -> list[tuple[str, bool, str, str]]:
    return [(each.name, each.holds, each.evidence, each.why) for each in proof.results]


@pytest.fixture(scope="module")
def good() -> Proof:
    proof = proved(hotline())
    assert proof.holds, [result.why for result in proof.results]
    return proof


@pytest.fixture
def proofs(tmp_path: Path, good: Proof) -> KeptProofs:
    """A folder in which the proof of the hotline is kept."""
    found = KeptProofs(tmp_path / "ivr" / "proofs")
    found.put(key_of(hotline()), good)
    return found


@pytest.mark.parametrize(
    "edit",
    [
        ("Choose.", "What is it about? Please choose."),
        ("We open {hours.agents.opens:time}.", "From {hours.agents.opens:time} on, thank you."),
        ("Pardon?", "We did not get that."),
        ("Thank you for calling. Goodbye.", "Goodbye."),
    ],
)
def test_a_reworded_prompt_uses_the_proof_and_has_the_results_of_a_new_one(proofs: KeptProofs, edit: Words) -> None:
    reworded = hotline(edit)

    kept = proofs.get(key_of(reworded), compile_release(parse(reworded)))

    assert kept is not None and kept.walked is None and kept.holds
    assert said(kept) == said(proved(reworded))


@pytest.mark.parametrize(
    "edit",
    [
        ("We open {hours.agents.opens:time}.", "We open tomorrow."),
        ("We open {hours.agents.opens:time}.", "We open {hours.agents.opens:date}."),
        ("en-US: Speak.", "en-US: '...'"),
        ("en-US: hours}, words", "en-US: times}, words"),
        ("[when]", "[what time]"),
        ("[返回]", "[退回]"),
        ("next: told}", "next: story}"),
        ("press: 0, reaches", "press: 0, within: 3 keys, reaches"),
        ("at most: 290 seconds", "at most: 291 seconds"),
        ("tries: 2, next: goodbye", "tries: 3, next: goodbye"),
        ("mon-fri: 08:30-20:00", "mon-fri: 09:00-20:00"),
    ],
)
def test_any_other_change_is_proved_anew(edit: Words) -> None:
    assert mute_hash(parse(hotline(edit))) != mute_hash(parse(hotline()))


def test_the_order_of_choices_is_part_of_it() -> None:
    first, second = STEPS.splitlines(keepends=True)[3:5]
    swapped = STEPS.replace(first + second, second + first)

    assert mute_hash(parse(files(swapped, promises=PROMISES))) != mute_hash(parse(hotline()))


def test_another_day_other_options_and_another_flow_are_proved_anew() -> None:
    parsed = parse(hotline())
    keys = {
        proof_key(parsed, since=SINCE, entries=(), most=1000),
        proof_key(parsed, since=SINCE + timedelta(days=1), entries=(), most=1000),
        proof_key(parsed, since=SINCE, entries=["main"], most=1000),
        proof_key(parsed, since=SINCE, entries=(), most=2000),
    }

    assert len(keys) == 4


def test_words_that_take_longer_than_a_promise_allows_are_proved_anew(proofs: KeptProofs) -> None:
    longer = hotline(("Choose.", "Choose. " * 80))

    assert key_of(longer) == key_of(hotline())
    assert proofs.get(key_of(longer), compile_release(parse(longer))) is None
    assert not proved(longer).holds


def test_a_proof_with_a_broken_promise_is_not_kept(tmp_path: Path) -> None:
    wrong = hotline(("otherwise: offer", "otherwise: goodbye"))
    proof = proved(wrong)
    proofs = KeptProofs(tmp_path)

    proofs.put(key_of(wrong), proof)

    assert not proof.holds
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "changed", "another's", "no json", "gone"])
def test_a_damaged_or_foreign_file_is_as_if_there_were_none(proofs: KeptProofs, damage: str) -> None:
    assert proofs.folder is not None
    release, key = compile_release(parse(hotline())), key_of(hotline())
    (file,) = proofs.folder.iterdir()
    content = file.read_bytes()
    match damage:
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "changed":
            file.write_bytes(content.replace(b"proof.reaches.evidence", b"proof.at-most.evidence"))
        case "another's":
            key = key_of(hotline(("next: told}", "next: story}")))
            file.rename(file.with_name(f"{key}.json"))
        case "no json":
            file.write_bytes(b"\xff\x00")
        case "gone":
            file.unlink()

    assert proofs.get(key, release) is None


def test_a_kept_proof_speaks_the_language_of_whoever_reads_it(proofs: KeptProofs, good: Proof) -> None:
    kept = proofs.get(key_of(hotline()), compile_release(parse(hotline())))

    assert kept is not None
    chinese = [shown_in_chinese(each.evidence) for each in kept.results]
    assert chinese == [shown_in_chinese(each.evidence) for each in good.results]
    assert "来电人不主动重选，通话就不会绕圈" in chinese


def shown_in_chinese(evidence: str) -> str:
    assert isinstance(evidence, Message)
    return evidence.in_language("zh-CN")


def test_a_sentence_in_a_sentence_and_a_list_are_kept_as_such() -> None:
    inner = Message("proof.when.fact", name="agents", value="closed")
    said = Message("proof.when.then", when=(inner,), why=Message("proof.reaches.ends", goal="agent"))

    again = words_kept(json.loads(json.dumps(kept_words(said))))

    assert again == said
    assert again.in_language("zh-CN") == "当 agents 为 closed 时，通话还没有到达 agent 就结束了。"


def test_a_kept_proof_with_a_sentence_this_version_lacks_is_as_if_there_were_none(proofs: KeptProofs) -> None:
    assert proofs.folder is not None
    (file,) = proofs.folder.iterdir()
    data = json.loads(file.read_bytes())
    body = json.dumps(data["proof"], separators=(",", ":"), ensure_ascii=False)
    body = body.replace("proof.reaches.evidence", "proof.reaches.forgotten")
    data["sum"] = hashlib.sha256(body.encode()).hexdigest()
    data["proof"] = json.loads(body)
    file.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False), "utf-8")

    assert proofs.get(key_of(hotline()), compile_release(parse(hotline()))) is None


def test_several_who_write_at_once_leave_one_whole_file(tmp_path: Path, good: Proof) -> None:
    proofs, key = KeptProofs(tmp_path), key_of(hotline())
    writers = [threading.Thread(target=proofs.put, args=(key, good)) for _ in range(8)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [file.name for file in tmp_path.iterdir()] == [f"{key}.json"]
    assert proofs.get(key, compile_release(parse(hotline()))) is not None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_harms_nobody(tmp_path: Path, good: Proof) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")

    KeptProofs(tmp_path / "taken").put("key", good)
    KeptProofs(None).put("key", good)

    assert KeptProofs(tmp_path / "taken").get("key", compile_release(parse(hotline()))) is None


def test_a_promise_kept_on_another_day_is_no_proof_of_today(proofs: KeptProofs) -> None:
    tomorrow = proof_key(parse(hotline()), since=date(2026, 1, 2), entries=(), most=1000)

    assert proofs.get(tomorrow, compile_release(parse(hotline()))) is None
