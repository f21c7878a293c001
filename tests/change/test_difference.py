"""The difference of two releases: reported in words, blind to layout and order, and complete."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ivr.change.diff.change import Change, Difference
from ivr.change.diff.compare import difference
from ivr.change.diff.hotline_changes import hotline_changes, promise_changes
from ivr.flow.hotline import HotlineFields
from ivr.flow.parse import parse
from ivr.source.yaml_file import read_source

FLOWS = Path(__file__).parents[2] / "flows"
FILES = {path.name: path.read_bytes() for path in sorted(FLOWS.glob("*.yaml"))}
PARSED = parse(FILES)
QUESTIONS = {"menu", "yes_no", "language", "collect"}
DATA = {name: read_source(name, raw).data for name, raw in FILES.items()}


def edited(file: str, *texts: tuple[str, str]) -> dict[str, bytes]:
    """The shipped flows with texts replaced in one file, each found exactly once."""
    text = FILES[file].decode()
    for old, new in texts:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**FILES, file: text.encode()}


def difference_to(files: Mapping[str, bytes]) -> Difference:
    after = parse(files)
    assert after.findings == []
    return difference(PARSED, after)


def changes_to(files: Mapping[str, bytes]) -> tuple[Change, ...]:
    return difference_to(files).changes


def sentences(file: str, *texts: tuple[str, str]) -> list[str]:
    return [change.sentence for change in changes_to(edited(file, *texts))]


def laid_out(data: Any, seed: int) -> bytes:
    """The same content, differently quoted, wrapped and ordered. What is heard in its order keeps it (choices,
    languages, shortcuts), lists do, and the steps up to a flow's first question: there a flow begins and `back` ends.
    """
    chance = random.Random(seed)  # noqa: S311

    def shuffled(value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, list):
            return [shuffled(one, path) for one in value]
        if not isinstance(value, dict):
            return value
        names = list(value)
        if path[-1:] not in (("choices",), ("languages",), ("shortcuts",)):
            kept = 1
            if path[-1:] == ("steps",):
                kept = next((n for n, name in enumerate(names, 1) if QUESTIONS & value[name].keys()), len(names))
            rest = names[kept:]
            chance.shuffle(rest)
            names = names[:kept] + rest
        return {name: shuffled(value[name], (*path, name)) for name in names}

    style = chance.choice(["'", '"'])
    made: str = yaml.dump(
        shuffled(data, ()), allow_unicode=True, sort_keys=False, default_style=style, width=chance.choice([40, 10_000])
    )
    return made.encode()


@pytest.mark.parametrize("seed", range(4))
def test_layout_and_order_are_no_difference(seed: int) -> None:
    files = {name: laid_out(data, seed) for name, data in DATA.items()}

    assert parse(files).findings == []
    assert changes_to(files) == ()


def test_defaults_written_out_and_comments_are_no_difference() -> None:
    again = edited("main.yaml", ("    wait: 2s\n", "    wait: 2s       # soon\n    speech: yes\n    shortcuts: yes\n"))

    assert [change.name for change in changes_to(again)] == ["speech"]  # no longer taken over from the hotline
    assert changes_to(edited("main.yaml", ("    wait: 2s\n", "    shortcuts: yes\n    wait: 2s  # soon\n"))) == ()


@pytest.mark.parametrize(
    ("file", "texts", "expected"),
    [
        ("main.yaml", [("next: flow complaint", "next: flow feedback")],
         'menu "menu": key 3 ("投诉") now leads to the flow "feedback" (before: the flow "complaint")'),
        ("main.yaml", [("How can we help?", "What can we do for you?")],
         'menu "menu": the words changed in English'),
        ("main.yaml", [("      3:\n", "      6:\n")],
         'menu "menu": "投诉" is on key 6 now (before: key 3)'),
        ("main.yaml", [("is: zh-CN, words: [普通话, 中文]}", "is: zh-CN, words: [普通话]}")],
         'language question "language": what callers may say for key 1 ("zh-CN") is now "普通话" '
         '(before: "普通话", "中文")'),
        ("complaint.yaml", [("no_input: {tries: 2, next: contact}", "no_input: {tries: 1, next: contact}")],
         'voice message "story": after silence it asks once in all (before: twice)'),
        ("complaint.yaml", [("with: [product, story, phone]", "with: [product, phone]")],
         'case "open": "story" is no longer put on the case (before: "{story}")'),
        ("complaint.yaml", [("at_most: 3m", "at_most: 90s")],
         'voice message "story": the longest message is 90 s (before: 3 min)'),
        ("agent.yaml", [("{call.elderly: yes}", "{call.elderly: no}")],
         'branch "which": it asks whether call.elderly is no (before: whether call.elderly is yes), '
         'which leads to "elderly"'),
        ("agent.yaml", [("transfer: elderly_desk", "transfer: agents")],
         'transfer "elderly": it rings "agents" (before: "elderly_desk")'),
        ("main.yaml", [("set: {call.elderly: yes}", "set: {call.elderly: no}")],
         'setting of values "elderly": "call.elderly" is set to "no" (before: "yes")'),
        ("contact.yaml", [("confirm: yes", "confirm: no")],
         'entry "ask": the confirmation is "no" (before: "yes")'),
        ("feedback.yaml", [("scale: 1-5", "scale: 1-4")],
         'menu "rating": its "scale" is now "1-4" (before: "1-5")'),
        ("feedback.yaml", [("intake: feedback\n", "")],
         'the case it opens at once is nothing (before: "feedback")'),
        ("hotline.yaml", [("mon-fri: 08:30-20:00", "mon-fri: 08:30-18:00")],
         'the hours "agents": "open mon-fri" is "08:30-18:00" (before: "08:30-20:00")'),
        ("hotline.yaml", [("wait: 5s", "wait: 8s")],
         "in every question that does not set it itself, the wait for an answer is 8 s (before: 5 s)"),
        ("hotline.yaml", [("next: repeat", "next: back")],
         "key star in every question leads to the question before (before: hearing this again)"),
        ("hotline.yaml", [("default: main ", "default: inquiry ")],
         'calls to any other number begin in the flow "inquiry" (before: "main")'),
        ("hotline.yaml", [("感谢您的来电，再见。", "谢谢，再见。")],
         "the goodbye changed in 普通话"),
        ("hotline.yaml", [("turns: 200", "turns: 100")],
         'the limits of a call: "turns" is "100" (before: "200")'),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".yaml") else "",
)  # fmt: skip
def test_an_edit_is_reported_in_one_sentence(file: str, texts: Sequence[tuple[str, str]], expected: str) -> None:
    assert sentences(file, *texts) == [expected]


def test_a_value_called_name_is_reported_as_it_is() -> None:
    assert sentences("main.yaml", ("set: {call.elderly: yes}", "set: {call.elderly: {name}}")) == [
        'setting of values "elderly": "call.elderly" is set to "{name}" (before: "yes")'
    ]


def test_only_words_are_of_words() -> None:
    assert [c.changes_behavior for c in changes_to(edited("main.yaml", ("请选择服务。", "请选。")))] == [False]
    assert [c.changes_behavior for c in changes_to(edited("main.yaml", ("next: flow complaint", "next: repeat")))] == [
        True
    ]


def test_a_choice_added_and_one_gone_are_reported_once_each() -> None:
    text = "      4: {is: other, label: {zh-CN: 其他, en-US: anything else}, topics: [complaint_service]}\n"
    new = "      5: {is: fees, label: {zh-CN: 收费, en-US: fees}, next: contact}\n"

    assert sentences("complaint.yaml", (text, new)) == [
        'menu "product": new: key 5 ("fees") leads to "contact"',
        'menu "product": key 4 ("other") is gone',
    ]


def test_a_renamed_step_is_reported_as_renamed_and_its_targets_are_no_difference() -> None:
    arrows = ("{none: open}\n    next: open", "{none: keep}\n    next: keep")

    found = difference_to(edited("complaint.yaml", ("  open:\n", "  keep:\n"), arrows))

    assert [change.what for change in found.changes] == ["step renamed"]
    assert found.steps == {("complaint", "open"): "keep"}


def test_each_of_two_choices_of_one_name_is_compared() -> None:
    text = "      4: {is: other, label: {zh-CN: 其他, en-US: anything else}, topics: [complaint_service]}\n"
    chinese = "      4: {is: other, label: {zh-CN: 其他, en-US: other}, languages: [zh-CN], next: contact}\n"
    english = "      5: {is: other, label: {zh-CN: 其他, en-US: other}, languages: [en-US], next: story}\n"
    before = parse(edited("complaint.yaml", (text, chinese + english)))

    for old, new in ((chinese, chinese.replace("contact", "open")), (english, english.replace("story", "open"))):
        after = parse(edited("complaint.yaml", (text, (chinese + english).replace(old, new))))
        (change,) = difference(before, after).changes
        assert (change.what, change.after) == ("exit", "open")


def test_a_choice_with_another_label_stays_the_same_choice() -> None:
    found = difference_to(edited("main.yaml", ("label: {zh-CN: 投诉, en-US", "label: {zh-CN: 投诉建议, en-US")))

    assert found.exits == {("main", "menu", "投诉"): "投诉建议"}
    assert [change.what for change in found.changes] == ["said for it"]


def test_an_arm_stays_itself_where_another_comes_before_it() -> None:
    arm = "      - {when: {call.elderly: yes}, next: elderly}\n"
    new = "      - {when: {caller.visits: {at_least: 3}}, next: hold}\n"

    found = difference_to(edited("agent.yaml", (arm, new + arm)))

    assert found.exits == {("agent", "which", "arm 1"): "arm 2"}
    assert [change.sentence for change in found.changes] == [
        'branch "which": new: where caller.visits is at least 3, it leads to "hold"'
    ]


def test_the_order_of_arms_is_a_difference() -> None:
    first = "      - {when: {call.elderly: yes}, next: elderly}\n"
    second = "      - {when: {caller.phone: {known: no}}, next: hold}\n"
    before, after = (parse(edited("agent.yaml", (first, arms))) for arms in (first + second, second + first))

    assert [c.sentence for c in difference(before, after).changes] == [
        'branch "which": its conditions are tried in another order'
    ]


def test_a_promise_that_is_waived_is_a_difference_no_caller_hears() -> None:
    hotline = (FLOWS / "hotline.yaml").read_text(encoding="utf-8")

    def waiving(reason: str) -> HotlineFields:
        written = f"{hotline}waive: {{a person: {reason}}}\n" if reason else hotline
        fields = parse({"hotline.yaml": written.encode()}).hotline
        assert fields is not None
        return fields

    def reported(before: str, after: str) -> list[tuple[bool, str]]:
        return [
            (change.changes_behavior, change.sentence) for change in hotline_changes(waiving(before), waiving(after))
        ]

    assert reported("", "no agents") == [(False, 'the promise "a person" is waived: "no agents"')]
    assert reported("no agents", "") == [(False, 'the promise "a person" is no longer waived (before: "no agents")')]
    assert reported("", "{main: none}") == [(False, 'the promise "a person" in "main" is waived: "none"')]
    assert reported("no agents", "nobody") == [
        (False, 'the promise "a person" is waived: "nobody" (before: "no agents")')
    ]


def test_promises_are_reported_as_written() -> None:
    one, other = {"never": "complaint", "when": {"call.elderly": "yes"}}, {"at most": "3 menus"}

    assert [(change.changes_behavior, change.sentence) for change in promise_changes([one], [one, other])] == [
        (False, 'a promise is new: at most: "3 menus"')
    ]
    assert list(promise_changes([one, other], [other, one])) == []


def test_a_named_part_that_is_new_or_gone_is_reported_once() -> None:
    text = FILES["hotline.yaml"].decode()
    nine = text[text.index("  9:\n    next: back") : text.index("  star:\n")]

    assert sentences("hotline.yaml", (nine, "")) == ["key 9 in every question is gone; it led to the question before"]
    assert sentences("hotline.yaml", ("  always: {", "  noon: {open: {mon-sun: 12:00-13:00}}\n  always: {")) == [
        'new: the hours "noon"'
    ]


def test_a_shared_prompt_in_place_of_own_words_is_reported_by_its_name() -> None:
    own = "      zh-CN: 感谢您的评价。\n      en-US: Thank you for your feedback.\n"
    text = FILES["feedback.yaml"].decode().replace(f"    say:\n{own}", "    say: thanks\n")
    prompts = f"prompts:\n  thanks:\n{own.replace('      ', '    ')}trouble: "
    hotline = FILES["hotline.yaml"].decode().replace("trouble: ", prompts)
    before = parse({**FILES, "hotline.yaml": hotline.encode()})

    found = difference(before, parse({**FILES, "hotline.yaml": hotline.encode(), "feedback.yaml": text.encode()}))

    assert [(change.changes_behavior, change.sentence) for change in found.changes] == [
        (False, 'say "thanks": the words are the shared prompt "thanks" (before: words of its own)')
    ]


def test_what_is_said_first_and_second_has_an_order() -> None:
    text = FILES["hotline.yaml"].decode()
    start, end = text.index("      - zh-CN: 您好，没有听到"), text.index("    next: flow agent\n  no_match")
    one, two = text[start:end].split("      - ")[1:]
    swapped = f"{text[:start]}      - {two}      - {one}{text[end:]}"

    assert [c.sentence for c in changes_to({**FILES, "hotline.yaml": swapped.encode()})] == [
        "in every question that does not set it itself, the words after silence changed"
    ]


def test_words_that_may_be_said_have_no_order() -> None:
    assert changes_to(edited("main.yaml", ("[feedback, suggestion]", "[suggestion, feedback]"))) == ()


def test_flows_that_are_new_or_gone_are_reported() -> None:
    without = {name: raw for name, raw in FILES.items() if name != "feedback.yaml"}

    assert ("feedback", "flow removed") in [(c.flow, c.what) for c in difference(PARSED, parse(without)).changes]
    assert ("feedback", "flow added") in [(c.flow, c.what) for c in difference(parse(without), PARSED).changes]


def test_another_first_step_is_reported() -> None:
    text = FILES["contact.yaml"].decode()
    step = text[text.index("  take_it:") : text.index("  ask:")]
    moved = text.replace(step, "").replace("steps:\n", "steps:\n" + step)

    found = difference(PARSED, parse({**FILES, "contact.yaml": moved.encode()}))

    assert [change.sentence for change in found.changes] == ['it begins with "take_it" (before: with "known")']


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text in a file."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from places(value, (*path, name))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from places(value, (*path, n))
    elif data:
        yield path


LEAVES = [(name, path) for name, data in DATA.items() for path in places(data)]
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
OTHER = ("2", "9", "yes", "no", "contact", "goodbye", "flow agent", "7m", "other", "90%", "2-4", "+862155500199")


def with_leaf(data: Any, path: tuple[Any, ...], new: str) -> Any:
    if not path:
        return new
    if isinstance(data, dict):
        return {name: with_leaf(value, path[1:], new) if name == path[0] else value for name, value in data.items()}
    return [with_leaf(value, path[1:], new) if n == path[0] else value for n, value in enumerate(data)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.sampled_from(LEAVES), st.sampled_from(OTHER), st.booleans())
def test_every_edit_is_reported(leaf: tuple[str, tuple[Any, ...]], other: str, longer: bool) -> None:
    file, path = leaf
    old = DATA[file]
    for part in path:
        old = old[part]
    new = old + other if longer else other
    assume(new != old)
    made = yaml.dump(
        with_leaf(DATA[file], path, new), Dumper=DUMPER, allow_unicode=True, sort_keys=False, default_style='"'
    )
    after = parse({**FILES, file: made.encode()})
    assume(not after.findings and after.hotline is not None)

    changes = difference(PARSED, after).changes

    assert changes, f"{file}: {path} from {old} to {new}"
    assert all(change.sentence and "None" not in change.sentence for change in changes)


def test_the_countries_that_are_phoned_are_reported() -> None:
    assert sentences("hotline.yaml", ("calls_to: [CN, US]", "calls_to: [CN]")) == [
        "it phones numbers of CN (before: CN, US)"
    ]
    assert sentences("hotline.yaml", ("calls_to: [CN, US]\n", "")) == [
        "it phones numbers of its own country (before: CN, US)"
    ]


def test_the_words_for_a_number_that_is_not_phoned_are_words() -> None:
    words = "  cannot_call: {zh-CN: 换一个号码。, en-US: Another one please.}\n  connecting:"

    found = changes_to(edited("hotline.yaml", ("  connecting:", words)))

    assert [change.changes_behavior for change in found] == [False, False]
    assert found[0].sentence == "new in 普通话: the words for a number that cannot be called"
