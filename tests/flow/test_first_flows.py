"""What somebody writes who writes YAML for the first time: one finding for one slip, with the likely fix."""

from __future__ import annotations

import pytest
from small import small_files

from ivr.errors import Finding
from ivr.lint.findings import findings_of

WORDS = "{zh-CN: 您好。, en-US: Hello.}"
SAY = f"a: {{say: {WORDS}, next: goodbye}}"
CHOICE = "1: {label: {zh-CN: 一号, en-US: first}, next: goodbye}"


def menu(choices: str = CHOICE, more: str = "wait: 4s") -> str:
    return f"a:\n  menu: {WORDS}\n  {more}\n  choices:\n    {choices}\n"


def leading(target: str) -> str:
    return f"a:\n  say: {WORDS}\n  next: {target}\n"


def errors(steps: str = "", keys: str = "") -> list[Finding]:
    found = findings_of(small_files(steps, keys=keys))
    return [finding for finding in found if finding.severity == "error"]


def told(found: list[Finding]) -> str:
    assert len(found) == 1, [str(finding) for finding in found]
    return f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("主菜单", "such as main_menu."),
        ("Main Menu", "such as main_menu."),
        ("main-menu", "such as main_menu."),
        ("1st", "such as step_1st."),
        ("return", "such as step_return."),
        ("mainMenu", "such as mainmenu."),
    ],
)
def test_the_name_of_a_step_is_told_with_one_that_may_stand_there(name: str, instead: str) -> None:
    said = told(errors(f"{name}: {{say: {WORDS}, next: goodbye}}"))

    assert "Callers never hear it" in said and said.endswith(instead)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("end", 'Did you mean "goodbye"?'),
        ("hangup", 'Did you mean "goodbye"?'),
        ("hang up", 'write "goodbye"'),
        ("exit", 'Did you mean "goodbye"?'),
        ("结束", 'Did you mean "goodbye"?'),
        ("Goodbye", 'Did you mean "goodbye"?'),
        ("goodbye.", 'Did you mean "goodbye"?'),
        ("again", 'Did you mean "repeat"?'),
        ("previous", 'Did you mean "back"?'),
        ("返回", 'Did you mean "back"?'),
        ("agent", 'write "flow agent"'),
        ("operator", 'write "flow agent"'),
        ("人工", 'write "flow agent"'),
        ("main.story", 'write "flow main"'),
        ("flow agnt", 'Did you mean "agent"?'),
        ("flow: agent", "Write flow agent, without a colon."),
        ("goto a", 'write "a" alone'),
        ("return to main", '"flow NAME" to enter a flow'),
        ("[goodbye]", 'write it without brackets: "goodbye"'),
        ("{goodbye}", 'write it without brackets: "goodbye"'),
        ("{flow: agent}", 'write it without brackets: "flow agent"'),
        ("null", "say where it leads"),
        ("''", "nothing stands behind the colon"),
        ("start", "The steps here are a. The end of the call is goodbye."),
    ],
)
def test_a_target_that_is_none_is_told_with_the_one_that_was_meant(target: str, said: str) -> None:
    assert said in told(errors(leading(target)))


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (
            CHOICE.replace("1:", "10:", 1),
            "this takes 2 keys, and a choice has one. Let a choice lead to a second menu.",
        ),
        (CHOICE.replace("1:", "one:", 1), "write 1."),
        (CHOICE.replace("1:", "01:", 1), "write 1."),
        (CHOICE.replace("1:", "一:", 1), "write 1."),
        (CHOICE.replace("1:", "'1,2':", 1), "write each choice with one key, on a line of its own"),
        (CHOICE.replace("1:", "A:", 1), "write 1 to 9, 0, star or pound."),
        (CHOICE.replace("1:", "asterisk:", 1), "write star."),
        ("1: ｛label: {zh-CN: 一号, en-US: first}, next: goodbye｝", "｛ is typed in full width"),
        ("1: {label: ｛zh-CN: 一号, en-US: first}, next: goodbye}", "｛ is typed in full width"),
        ("1: （label: {zh-CN: 一号, en-US: first}, next: goodbye）", "（ is typed in full width"),
        ("1: goodbye", "Write it such as 1: {label: {zh-CN:"),
        ("- {label: {zh-CN: 一号, en-US: first}, next: goodbye}", "Take out the dashes"),
        ("1: {next: goodbye}", "Add a line such as label: {zh-CN:"),
        ("1: {label: First, next: goodbye}", "Write it such as label: {zh-CN:"),
        ("1: {text: {zh-CN: 一号, en-US: first}, next: goodbye}", 'Did you mean "label"?'),
        ("1: {label: {zh-CN: 一号, en-US: first}, goto: goodbye}", 'Did you mean "next"?'),
    ],
)
def test_a_choice_that_is_none_is_told_with_how_to_write_it(choices: str, said: str) -> None:
    assert said in told(errors(menu(choices)))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("no_input: {tries: 0, next: goodbye}", "1 asks once. To go on without asking again write no_input: STEP"),
        ("no_input: {tries: three, next: goodbye}", "in figures, such as 3"),
        ("no_input: {retries: 3, next: goodbye}", 'Did you mean "tries"?'),
        ("no_input: 3", "write how often it is asked as {tries: 3}"),
        ("no_input: {tries: 2, say: Hello, next: goodbye}", "Write say: [Hello]."),
        ("tries: 2", "It belongs under no_input: or no_match:."),
        ("wait: 5", "such as 5s."),
        ("wait: 5 seconds", "such as 5s."),
        ("wait: 500ms", "such as 0.5s."),
        ("wait: 2分钟", "such as 2m."),
        ("wait: 2d", "such as 48h."),
        ("wait: 1 day", "such as 24h."),
        ("wait: 两天", "such as 5s or 2m."),
        ("wait: 3天", "such as 72h."),
        ("timeout: 5s", 'Did you mean "wait"?'),
        ("confidence: 0.6", 'such as "60%"'),
        ("confidence: 60", 'such as "60%"'),
        ("speech: true", 'write "yes"'),
        ("speech: off", 'write "no"'),
        ("announce:", "nothing stands behind the colon"),
    ],
)
def test_a_value_of_a_question_is_told_as_it_is_to_be_written(more: str, said: str) -> None:
    assert said in told(errors(menu(more=more)))


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            f"a: {{say: {WORDS}, menu: {WORDS}, choices: {{{CHOICE}}}}}",
            '"menu" is another kind of step. Put menu: into',
        ),
        (f"a: {{menu: {WORDS}, choices: {{{CHOICE}}}, say: {WORDS}}}", '"say" is another kind of step. Put say: into'),
        (f"a: {{say: {WORDS}, hangup: {WORDS}}}", '"hangup" is another kind of step'),
        (f"a: {{say: {WORDS}, transfer: agents, otherwise: goodbye}}", '"transfer" is another kind of step'),
        (f"a: {{type: say, text: {WORDS}, next: goodbye}}", "Begin with say: and what it says or names"),
        (f"a: {{prompt: {WORDS}, next: goodbye}}", 'Did you mean "say"?'),
        (f"a: {{question: {WORDS}, choices: {{{CHOICE}}}}}", 'Did you mean "menu"?'),
        ("a: {dial: agents, otherwise: goodbye}", 'Did you mean "transfer"?'),
        ("a: {if: {call.elderly: yes}, next: goodbye}", 'Did you mean "branch"?'),
        ('a: {transfer: "+862155500100", otherwise: goodbye}', "give it a name under destinations: of hotline.yaml"),
        ("a: {hours: 9-17, open: goodbye, closed: goodbye}", "give them a name under hours: of hotline.yaml"),
        ("a: {hours: Agents, open: goodbye, closed: goodbye}", "such as agents."),
        ("a: {branch: [{if: {caller.visits: 3}, next: goodbye}, {next: goodbye}]}", 'Did you mean "when"?'),
        ("a: {branch: [{when: {caller.visits: 3}, next: goodbye}, {else: goodbye}]}", 'Did you mean "next"?'),
        (
            "a: {branch: [{when: caller.visits >= 3, next: goodbye}, {next: goodbye}]}",
            "Write it such as when: {caller.",
        ),
        ("a: {set: elderly = yes, next: goodbye}", "Write it such as set: {"),
        (f"a: {{collect: {WORDS}, next: goodbye}}", "Add a line such as type: phone"),
        (f"a: {{collect: {WORDS}, type: digits, length: 4 to 6, next: goodbye}}", "write the length as 4-6."),
        ("a: {say: {中文: 您好, English: Hello}, next: goodbye}", "write zh-CN."),
        ("a: {say: {zh-CN: 您好, EN-us: Hello}, next: goodbye}", "write en-US."),
        ("a: {say: {zh-CN: 您好, en_US: Hello}, next: goodbye}", "write en-US."),
        ("- a: {say: {zh-CN: 您好, en-US: Hello}, next: goodbye}", "Take out the dashes"),
        ("a:\n  say:\n  zh-CN: 您好\n  en-US: Hello\n  next: goodbye", "two blanks deeper than say:."),
        ("a: say", "Write say: and what it says or names on a line below"),
        ("a: goodbye", "write next: goodbye in the step before instead."),
        ("a: [say, goodbye]", "Take out the dashes: a step is its keys"),
        ("a: {case: complaint, with: 'product, phone', next: goodbye}", "in a list: [product, phone]."),
        ("a: {run: flow agent, next: goodbye}", "such as agent."),
        ("a: {branch: {when: {caller.visits: 3}, next: goodbye}}", "Begin each of them with a dash"),
        ("a: {branch: [{when: {caller.visits: '>3'}, next: goodbye}, {next: goodbye}]}", "write {at_least: 4}."),
        ("a: {branch: [{when: {caller.visits: '>= 3'}, next: goodbye}, {next: goodbye}]}", "write {at_least: 3}."),
        ("a: {branch: [{when: {caller.visits: '<3'}, next: goodbye}, {next: goodbye}]}", "write {at_most: 2}."),
        ("a: {branch: [{when: {caller.visits: '!= 3'}, next: goodbye}, {next: goodbye}]}", "write {not: 3}."),
        ("a: {branch: [{when: {caller.visits: {more_than: 3}}, next: goodbye}, {next: goodbye}]}", "write at_least."),
        (f"a: {{collect: {WORDS}, type: [digits], next: goodbye}}", "Write digits without brackets."),
    ],
)
def test_a_step_that_is_none_is_told_with_how_to_write_it(steps: str, said: str) -> None:
    assert said in told(errors(steps))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [2026-02-30]}}", "there is no day 30 in 2026-02"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [2026/5/1]}}", "write the date as 2026-05-01"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [2026年5月1日]}}", "write the date as 2026-05-01"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [10-01]}}", "write a date with its year"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [2026-13-01]}}", "there is no month 13"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: 2026-05-01}}", "Write closed_on: [2026-05-01]."),
        ("hours: {agents: {open: {Mon-Fri: 08:30-20:00}}}", "Write mon-fri."),
        ("hours: {agents: {open: {mon-fri: 9am-5pm}}}", "Write 09:00-17:00."),
        ("hours: {agents: 08:30-20:00}", "Write it such as agents: {open: {mon-fri: 08:30-20:00"),
        ("destinations: {agents: {number: 02155500100}}", "write a number with + and the country"),
        ('destinations: {agents: {number: "+86 21 5550-0100"}}', 'such as "+862155500100"'),
        ('destinations: {agents: {number: "00862155500100"}}', 'such as "+862155500100"'),
        ('destinations: {agents: {phone: "+862155500100"}}', 'Did you mean "number"?'),
        ("time_zone: Beijing", 'such as "Asia/Shanghai"'),
        ("time_zone: berlin", 'such as "Europe/Berlin"'),
        ("time_zone: GMT+8", 'such as "Asia/Shanghai"'),
        ("country: China", 'such as "CN"'),
        ("country: de", 'such as "DE"'),
        ("limits: {turns: unlimited, next: goodbye}", "write a whole number in figures"),
        ("default:", "Write one, such as default: main"),
        ("voice: Polly.Zhiyu-Neural", "It belongs under languages:."),
        ("switches: [outage]", "Write each as a key of its own, with a colon."),
        ("numbers: +862155500000", 'Write it such as numbers: {"+862155500000": main}'),
        ("limits: 30m", "Write it such as limits: {next: goodbye}"),
        ("limits: {next: end}", 'Did you mean "goodbye"?'),
        ("cases: {complaint: cn-2020}", "Write it such as complaint: {clock: three-workdays}"),
        ("call: {vip: yes}", "Write it such as vip: {type: yes_no}"),
        ("promises: {from: start, within: 2 keys, reaches: complaint}", "Begin each of them with a dash"),
        ("promises: [everyone reaches a person]", "Write it such as - {from: everywhere, press: 0, reaches: a person}"),
        (
            "hours: {agents: {open: {mon-fri: [08:30-12:00, 13:00-18:00]}}}",
            'Write mon-fri: "08:30-12:00, 13:00-18:00".',
        ),
    ],
)
def test_a_key_of_the_hotline_is_told_with_how_to_write_it(keys: str, said: str) -> None:
    found = [finding for finding in errors(keys=f"{keys}\n") if finding.code not in ("unknown-hours", "no-number")]

    assert said in told(found)
