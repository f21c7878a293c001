"""`ivr hear`: what a question makes of each line, as JSON and in sentences, and what cannot be heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from command_here import Run, command_here
from small import small_files

KEYS = ["outcome", "name", "names", "value", "by", "topic", "scores", "caught"]
TOPICS = """\
topics:
  card_lost: {zh-CN: [我的卡丢了怎么办, 银行卡找不到了], en-US: [I lost my card, my card is missing]}
  loan_rate: {zh-CN: [房贷利率是多少, 贷款利息怎么算], en-US: [what is the interest on a mortgage]}
  other_balance: {zh-CN: [查一下余额, 卡里还有多少钱], en-US: [tell me my balance]}
"""
STEPS = """\
hello: {say: {zh-CN: 您好。, en-US: Hello.}, next: menu}
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], words: {zh-CN: [卡 + 停掉]}, next: sure}
    2: {label: {zh-CN: 贷款, en-US: loans}, topics: [loan_*], next: sure}
  next: sure
sure: {yes_no: {zh-CN: 好吗？, en-US: Sure?}, yes: number, no: goodbye}
number: {collect: {zh-CN: 请输入号码。, en-US: Which number?}, type: phone, save: phone, confirm: yes, next: age}
age: {collect: {zh-CN: 几岁？, en-US: How old?}, type: number, save: age, next: silent}
silent: {menu: {zh-CN: 请按键。, en-US: Press.}, speech: no, scale: 1-3, next: story}
story: {record: {zh-CN: 请讲。, en-US: Speak.}, save: story, next: goodbye}
"""
SHORTCUTS = """\
shortcuts:
  0: {next: flow agent, label: {zh-CN: 人工服务, en-US: a person}, topics: [other_*]}
"""


@pytest.fixture
def ivr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "flows").mkdir()
    for name, raw in small_files(STEPS, keys=SHORTCUTS, topics=TOPICS).items():
        (tmp_path / "flows" / name).write_bytes(raw)
    return command_here(tmp_path, monkeypatch, capsys)


def heard(ivr: Run, at: str, *said: str, options: Sequence[str] = ()) -> list[dict[str, object]]:
    """What is printed for each utterance."""
    done = ivr("hear", "flows", "--at", at, "--json", *options, given="".join(f"{line}\n" for line in said))
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_has_an_object_with_the_same_keys(ivr: Run) -> None:
    found = heard(ivr, "main.menu", "挂失", "天气怎么样", "", "第二个")

    assert [list(each) for each in found] == [KEYS] * 4
    assert [each["outcome"] for each in found] == ["choice", "no_match", "no_match", "choice"]


def test_a_choice_says_by_what_it_was_understood(ivr: Run) -> None:
    word, net, key, topic = heard(ivr, "main.menu", "挂失吧", "把卡给我停掉", "二号", "我的卡找不到了")

    assert (word["name"], word["by"], word["caught"]) == ("挂失", "word", "挂失")
    assert (net["name"], net["by"], net["caught"]) == ("挂失", "word", "卡 + 停掉")
    assert (key["name"], key["by"], key["caught"]) == ("贷款", "key", None)
    assert (topic["name"], topic["by"], topic["topic"]) == ("挂失", "topic", "card_lost")
    assert [name for name, _ in topic["scores"]] == ["card_lost", "other_balance"]  # type: ignore[attr-defined]


def test_shortcuts_and_what_is_asked(ivr: Run) -> None:
    word, topic, asked = heard(ivr, "main.menu", "人工服务", "帮我查一下余额", "卡找不到了，房贷利率怎么算")

    assert (word["outcome"], word["name"], word["by"]) == ("shortcut", "0", "word")
    assert (topic["outcome"], topic["name"], topic["topic"]) == ("shortcut", "0", "other_balance")
    assert (asked["outcome"], asked["name"], asked["by"]) == ("ask", None, "topic")
    assert "贷款" in asked["names"]  # type: ignore[operator]


def test_a_wish_that_is_refused_leads_to_nothing_of_its_topic(ivr: Run) -> None:
    loan, other = heard(ivr, "main.menu", "我不想办贷款，利息太高", "我不办贷款，我的卡丢了")

    assert loan["outcome"] == "no_match"
    assert "贷款" not in [other["name"], *other["names"]]  # type: ignore[misc]
    assert "挂失" in [other["name"], *other["names"]]  # type: ignore[misc]


def test_the_language_is_the_first_one_unless_named(ivr: Run) -> None:
    assert heard(ivr, "main.menu", "I lost my card")[0]["outcome"] == "no_match"
    assert heard(ivr, "main.menu", "I lost my card", options=["--language", "en-US"])[0]["topic"] == "card_lost"


def test_yes_and_no_and_entries(ivr: Run) -> None:
    assert [each["name"] for each in heard(ivr, "main.sure", "对", "不用了", "天气")] == ["yes", "no", None]
    assert heard(ivr, "main.sure", "对")[0]["by"] == "polarity"
    number = heard(ivr, "main.number", "13800138000", "不知道", "人工服务")
    assert [(each["outcome"], each["by"]) for each in number] == [
        ("entry", "entry"), ("no_match", None), ("shortcut", "word"),
    ]  # fmt: skip
    assert str(number[0]["value"]).endswith("13800138000")
    assert heard(ivr, "main.age", "42")[0]["value"] == "42"


def test_the_consent_of_a_message_is_heard(ivr: Run) -> None:
    assert [each["name"] for each in heard(ivr, "main.story", "可以", "不同意")] == ["yes", "no"]


def test_people_read_sentences(ivr: Run) -> None:
    done = ivr("hear", "flows", "--at", "main.menu", given="挂失\n天气\n我的卡找不到了")

    assert done.stdout.splitlines()[:2] == ['挂失 -> "挂失" (the word "挂失")', "天气 -> not understood"]
    assert "card_lost" in done.stdout.splitlines()[2]


def test_the_folder_may_be_left_out_and_a_mark_is_no_text(ivr: Run) -> None:
    done = ivr("hear", "--at", "main.menu", "--json", given=b"\xef\xbb\xbf" + "挂失\r\n".encode(), IVR_FLOWS="flows")

    assert [json.loads(line)["name"] for line in done.stdout.splitlines()] == ["挂失"]


def test_a_day_is_taken_and_only_a_day(ivr: Run) -> None:
    assert heard(ivr, "main.menu", "挂失", options=["--today", "2026-03-02"])[0]["name"] == "挂失"
    assert "--today is a day, such as 2026-03-02" in ivr("hear", "--at", "main.menu", "--today", "x", given="x").stderr


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["--at", "main"], "x", "--at names a step as FLOW.STEP"),
        (["--at", "mian.menu"], "x", 'there is no flow "mian". Did you mean "main"?'),
        (["--at", "main.mneu"], "x", 'there is no step "mneu" in "main". Did you mean "menu"?'),
        (["--at", "main.hello"], "x", "main.hello hears no words. There are menu, sure, number, age and story."),
        (["--at", "main.silent"], "x", "main.silent hears no words."),
        (["--at", "main.menu", "--language", "fr-FR"], "x", 'the hotline does not speak "fr-FR"'),
        (["--at", "main.menu"], "", "there is nothing to hear"),
        (["--at", "main.menu"], "\n\n", "there is nothing to hear"),
        (
            ["--at", "main.menu"],
            "挂失\n丢卡".encode("gb18030"),
            "line 1 of stdin cannot be read: the file is not UTF-8",
        ),
        (["--at", "main.menu"], "挂失".encode("utf-16"), "line 1 of stdin cannot be read: "),
        (["--at", "main.menu"], b"a\nb\0c", "line 2 of stdin cannot be read: "),
        (["--at", "main.menu"], b"\xff" * 9, "line 1 of stdin cannot be read: "),
    ],
)
def test_what_cannot_be_heard_is_one_sentence(ivr: Run, words: list[str], given: str | bytes, said: str) -> None:
    done = ivr("hear", *words, given=given)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_flows_with_mistakes_hear_nothing(ivr: Run, tmp_path: Path) -> None:
    (tmp_path / "flows" / "topics.yaml").write_text("topics:\n  card_lost: {zh-CN: 我的卡丢了}\n", encoding="utf-8")

    done = ivr("hear", "flows", "--at", "main.menu", given="x")

    assert done.returncode == 2
    assert 'must be a list of what callers say, such as ["我的卡丢了"]' in done.stderr
