"""The rules of ways, menus and values: silent where something only looks like the mistake."""

from __future__ import annotations

import pytest
from small_flows import JUNE, told

from ivr.flow.release import read_files
from ivr.lint.findings import findings_of

ASKING = """\
number:
  collect: {zh-CN: "PROMPT", en-US: "PROMPT"}
  type: TYPE
  save: SAVE
  next: keep
keep:
  case: complaint
  with: [SAVE, phone]
  next: goodbye
"""


@pytest.mark.parametrize("folder", ["flows", "docs/small", "tests/flows/three_languages"])
def test_nothing_is_found_in_what_we_ship_and_show(folder: str) -> None:
    assert [str(finding) for finding in findings_of(read_files(folder), "live", JUNE)] == []


# -- keys that the words name


def menu(words: str, more: str = "") -> str:
    choices = "{1: {label: {zh-CN: 是, en-US: a}, next: goodbye}, 2: {label: {zh-CN: 否, en-US: b}, next: goodbye}}"
    return f'ask:\n  menu: {{zh-CN: "{words}", en-US: "{words}"}}\n  choices: {choices}\n{more}'


@pytest.mark.parametrize(
    "words",
    ["请按1到9。", "Press 1 to 5.", "Press 3 or 4 times.", "按1，按0转人工，按9返回。", "Press one or two.",
     "express 3", "请连按2次。", "按9折计算", "按3个月", "Press 5 keys.", "按3.5%", "请按10键"],
)  # fmt: skip
def test_ranges_shortcuts_and_other_words_are_no_keys_that_mean_nothing(words: str) -> None:
    assert told(menu(words), "key-not-accepted") == []


def test_a_key_without_a_choice_is_found_in_the_words_and_before_a_re_ask() -> None:
    say = "  no_input: {say: [{zh-CN: 请按4。, en-US: Press 4.}]}\n"

    assert len(told(menu("请按3。", say), "key-not-accepted")) == 4


def test_where_digits_are_entered_every_key_may_be_named() -> None:
    example = ASKING.replace("PROMPT", "请按7").replace("TYPE", "date").replace("SAVE", "day")

    assert told(example, "key-not-accepted") == []


# -- ways


def test_the_choice_of_a_language_and_what_is_sat_out_are_no_level_of_the_menu() -> None:
    example = """
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    steps:
      language:
        language: {zh-CN: 普通话请按1。, en-US: "For English, press 2."}
        choices:
          1: {is: zh-CN, words: [普通话]}
          2: {is: en-US, words: [English]}
        next: notice
      notice:
        menu: {zh-CN: 如不同意录音，请按8。, en-US: "To go on without recording, press 8."}
        announce: no
        choices:
          8: {label: {zh-CN: 不录音, en-US: no recording}, next: menu}
        no_input: menu
        no_match: menu
      menu:
        menu: {zh-CN: 请选择。, en-US: Please choose.}
        choices:
          1: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
    """

    assert told(example, "complaint-too-deep") == []


def test_a_choice_called_complaint_may_pass_other_steps_first() -> None:
    example = """
    first:
      menu: {zh-CN: 请选择。, en-US: Please choose.}
      choices:
        1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
    sorry:
      say: {zh-CN: 很抱歉。, en-US: We are sorry.}
      next: ask
    ask:
      yes_no: {zh-CN: 现在说吗？, en-US: Shall we take it down now?}
      yes: flow complaint
      no: first
    """

    assert told(example, "complaint-without-case") == []


def test_a_flow_returns_only_to_where_a_call_came_from() -> None:
    example = """
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    steps:
      first:
        menu: {zh-CN: 请选择。, en-US: Please choose.}
        choices:
          1: {label: {zh-CN: 投诉, en-US: a complaint}, next: reach}
          2: {label: {zh-CN: 其他, en-US: anything else}, next: other}
      reach: {run: contact, outcomes: {none: goodbye}, next: goodbye}
      other: {run: contact, outcomes: {none: goodbye}, next: keep}
      keep: {case: complaint, with: [phone], next: goodbye}
    """

    assert len(told(example, "complaint-without-case")) == 1
    assert (
        told(example.replace("next: goodbye}\n      other", "next: keep}\n      other"), "complaint-without-case") == []
    )


def test_a_word_returned_leads_on_where_the_flow_was_run() -> None:
    example = """
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    steps:
      first: {run: offers, outcomes: {complain: keep}, next: goodbye}
      keep: {case: complaint, with: [phone], next: goodbye}
    ---
    flow: offers
    title: {zh-CN: 服务, en-US: Services}
    steps:
      offers:
        menu: {zh-CN: 请选择。, en-US: Please choose.}
        choices:
          1: {label: {zh-CN: 投诉, en-US: a complaint}, next: sorry}
          2: {label: {zh-CN: 其他, en-US: anything else}, next: return}
      sorry: {say: {zh-CN: 很抱歉。, en-US: We are sorry.}, next: return complain}
    """

    assert told(example, "complaint-without-case") == []


def test_a_person_behind_four_answers_is_far() -> None:
    steps = "".join(
        f"  ask_{n}:\n    yes_no: {{zh-CN: 继续吗？, en-US: Go on?}}\n    shortcuts: no\n"
        f"    yes: ask_{n + 1}\n    no: goodbye\n    no_input: goodbye\n    no_match: goodbye\n"
        for n in range(1, 5)
    )
    head = "flow: main\ntitle: {zh-CN: 总入口, en-US: Front door}\nsteps:\n"
    end = "  ask_5:\n    run: agent\n    next: goodbye\n"
    agent_on_nine = "shortcuts:\n  9: {next: flow agent, label: {zh-CN: 人工, en-US: a person}}\n---\n"

    assert "takes 4 answers" in told(agent_on_nine + head + steps + end, "far-from-person")[0]
    assert told(head + steps + end, "far-from-person") == []  # 0 is a shortcut also where shortcuts are off


def test_a_line_that_is_down_and_asks_nothing_is_not_asked_for_a_person() -> None:
    down = (
        "shortcuts: {}\n---\nlimits: {next: goodbye}\n---\n"
        "flow: main\ntitle: {zh-CN: 停, en-US: Down}\nsteps:\n"
        "  told: {say: {zh-CN: 系统维护。, en-US: We are down.}, next: down}\n"
        "  down: {hangup: {zh-CN: 再见。, en-US: Goodbye.}, as: failed}\n"
    )
    asks = "  down: {yes_no: {zh-CN: 好吗？, en-US: Well?}, no_input: goodbye, no_match: goodbye, next: goodbye}\n"

    assert told(down, "far-from-person") == []
    assert len(told(down.rsplit("  down", 1)[0] + asks, "far-from-person")) == 1


def test_a_line_that_waives_a_person_is_not_asked_for_one() -> None:
    example = "shortcuts: {}\n---\nlimits: {next: goodbye}\n---\n" + (
        "flow: main\ntitle: {zh-CN: 调查, en-US: Survey}\nsteps:\n"
        "  rated: {yes_no: {zh-CN: 满意吗？, en-US: Content?}, no_input: goodbye, no_match: goodbye, next: goodbye}\n"
    )

    assert len(told(example, "far-from-person")) == 1
    assert told("waive: {a person: a survey has no agents}\n---\n" + example, "far-from-person") == []
    assert told("waive: {a person: {main: a survey has no agents}}\n---\n" + example, "far-from-person") == []
    assert len(told("waive: {intake kept: {main: nothing is kept}}\n---\n" + example, "far-from-person")) == 1
    assert len(told("waive: {a person: {mian: no agents, agent: none}}\n---\n" + example, "unknown-flow")) == 2
    assert told("waive: {a person: {main: no agents}}\n---\n" + example, "unknown-flow") == []


def test_a_menu_that_leads_round_to_the_one_before_it_has_a_way_back() -> None:
    example = """
    shortcuts:
      0: {next: flow agent, label: {zh-CN: 人工, en-US: a person}}
    ---
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    steps:
      first:
        menu: {zh-CN: 请选择。, en-US: Please choose.}
        choices:
          1: {label: {zh-CN: 储蓄, en-US: savings}, next: kind}
          2: {label: {zh-CN: 贷款, en-US: loans}, next: flow other}
      kind:
        menu: {zh-CN: 哪一种？, en-US: Which kind?}
        choices:
          1: {label: {zh-CN: 定期, en-US: fixed}, next: told}
      told:
        say: {zh-CN: 好的。, en-US: All right.}
        next: first
    ---
    flow: other
    title: {zh-CN: 其他, en-US: Other}
    steps:
      kind:
        menu: {zh-CN: 哪一种？, en-US: Which kind?}
        choices:
          1: {label: {zh-CN: 房贷, en-US: mortgages}, next: return}
    """

    assert told(example, "no-way-back") == []


# -- entries and values


@pytest.mark.parametrize(
    ("words", "type_", "save"),
    [("Enter the number of days.", "digits", "days"), ("Enter the numbers spinning on the drum.", "digits", "pinned"),
     ("请输入您的电话。", "phone", "other"), ("请输入受理编号。", "case_number", "number"),
     ("Enter your reference.", "digits", "reference")],
)  # fmt: skip
def test_other_entries_are_not_sensitive(words: str, type_: str, save: str) -> None:
    example = ASKING.replace("PROMPT", words).replace("TYPE", type_).replace("SAVE", save)

    assert told(example, "looks-sensitive") == []


@pytest.mark.parametrize(
    ("words", "save"),
    [("请输入六位查询密码。", "a"), ("请输入身份证号码。", "a"), ("请输入短信验证码。", "a"), ("Enter your PIN.", "a"),
     ("Enter your card number.", "a"), ("The last four digits of your card, please.", "a"), ("Enter it.", "id_number")],
)  # fmt: skip
def test_an_entry_that_is_a_secret_by_its_words_or_its_name_is_found(words: str, save: str) -> None:
    example = ASKING.replace("PROMPT", words).replace("TYPE", "digits").replace("SAVE", save)

    assert len(told(example, "looks-sensitive")) == 1


def test_in_an_intake_nothing_saved_is_unused() -> None:
    example = """
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    intake: complaint
    steps:
      ask:
        yes_no: {zh-CN: 您是会员吗？, en-US: Are you a member?}
        save: member
        next: keep
      keep:
        case: complaint
        next: goodbye
    """

    assert told(example, "unused-value") == []


def test_a_value_of_the_whole_call_that_no_flow_reads_is_found() -> None:
    example = "call:\n  vip: {type: yes_no, starts: no}\n"

    assert ["call.vip" in line for line in told(example, "unused-value")] == [True]


@pytest.mark.parametrize(("type_", "found"), [("date", 1), ("number", 0), ("digits", 0)])
def test_a_value_of_the_whole_call_is_handed_over_as_the_type_it_is_declared_with(type_: str, found: int) -> None:
    example = f"""
    call:
      year: {{type: {type_}, starts: 1960}}
    ---
    hand:
      run: born
      with: {{year: {{call.year}}}}
      next: goodbye
    ---
    flow: born
    title: {{zh-CN: 年份, en-US: A year}}
    takes: {{year: number}}
    steps:
      told: {{say: {{zh-CN: "{{year:number}}", en-US: "{{year:number}}"}}, next: return}}
    """

    assert len(told(example, "wrong-type")) == found


# -- what is not built


def test_names_of_keys_that_are_not_built_are_free_for_steps_values_and_outcomes() -> None:
    example = """
    flow: main
    title: {zh-CN: 总入口, en-US: Front door}
    steps:
      audio:
        menu: {zh-CN: 要听吗？, en-US: Shall we play it?}
        save: follow_up
        choices:
          1: {is: audio, label: {zh-CN: 听, en-US: audio}, next: most_waiting}
          2: {is: queue, label: {zh-CN: 不听, en-US: follow_up}, next: most_waiting}
      most_waiting:
        branch:
          - {when: {follow_up: audio}, next: told}
          - {next: goodbye}
      told: {say: {zh-CN: "audio: a.wav {follow_up}", en-US: "audio: a.wav {follow_up}"}, next: goodbye}
    """

    assert told(example, "not-built") == []


def test_a_fact_that_is_never_known_is_found_in_conditions_words_whispers_and_promises() -> None:
    example = """
    promises:
      - {when: {queue.ahead: {at_most: 1}}, first: a person}
      - {never: transfer agents, while: {queue.ahead: {at_least: 3}}}
    ---
    split:
      branch:
        - {when: {queue.ahead: {at_least: 3}}, next: told}
        - {next: desk}
    told: {say: {zh-CN: "{queue.ahead}", en-US: "{queue.ahead} wait."}, next: desk}
    desk: {transfer: agents, whisper: "{queue.ahead}", otherwise: goodbye}
    """

    assert len(told(example, "not-built")) == 6


@pytest.mark.parametrize("fact", ["caller.phone", "case.due", "hours.agents", "queue.ahead"])
def test_a_fact_cannot_be_set_and_a_value_of_the_call_can(fact: str) -> None:
    example = "call:\n  vip: {type: yes_no, starts: no}\n---\nkeep:\n  set: {NAME: yes}\n  next: goodbye\n"

    (said,) = told(example.replace("NAME", fact), "unknown-value")
    assert f'"{fact}" is a fact, and no step can set it.' in said
    assert told(example.replace("NAME", "call.vip"), "unknown-value") == []
    assert told(example.replace("NAME: yes", "call.language: en-US"), "unknown-value") == []


# -- limits


def test_only_the_longest_way_between_two_questions_counts() -> None:
    steps = "".join(f"  told_{n}: {{say: {{zh-CN: 好。, en-US: Right.}}, next: told_{n + 1}}}\n" for n in range(1, 4))
    example = (
        "limits: {steps_in_a_turn: 5, next: flow agent}\n---\n"
        "flow: main\ntitle: {zh-CN: 总入口, en-US: Front door}\nsteps:\n"
        f"{steps}  told_4: {{yes_no: {{zh-CN: 继续？, en-US: Go on?}}, yes: told_1, no: goodbye}}\n"
    )

    assert told(example, "limit-in-reach") == []
