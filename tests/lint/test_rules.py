"""Each rule finds the mistake it is for, at its place, and leaves alone what only looks like it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ivr.errors import Finding
from ivr.flow.release import read_files
from ivr.lint.findings import findings_of

FLOWS = Path(__file__).parents[2] / "flows"
HOTLINE = """\
hotline: Test
default: main
time_zone: Asia/Shanghai
country: CN
languages:
  en-US:
    name: English
    speak: en-US
    listen: en-US
    voice: Joanna
    announce: "For {label}, press {key}."
    yes_no: Press 1 for yes and 2 for no.
    yes: ["yes", sure]
    no: ["no", wrong]
  zh-CN:
    name: 普通话
    speak: cmn-CN
    listen: cmn-Hans-CN
    voice: Zhiyu
    announce: "{label}，请按{key}。"
    yes_no: 是请按1；不是请按2。
    yes: [是]
    no: [不]
defaults:
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, next: goodbye}
  confirm: {en-US: "You entered {value}. Right?", zh-CN: "您输入的是{value}，对吗？"}
  consent: {en-US: May we record?, zh-CN: 可以录音吗？}
  connecting: {en-US: Please hold., zh-CN: 请稍候。}
shortcuts:
  star: {next: repeat, label: {en-US: this again, zh-CN: 重听}}
call:
  vip: {type: yes_no, starts: no}
  branch_code: {type: digits}
hours:
  desk: {open: {mon-fri: 08:30-20:00}}
destinations:
  desk: {number: "+862155500100", hours: desk}
  always: {number: "+862155500101"}
cases:
  complaint: {clock: cn-2020}
  callback: {clock: three-workdays}
prompts:
  sorry: {en-US: Sorry., zh-CN: 抱歉。}
  receipt: {en-US: "Number {case.number:digits}.", zh-CN: "编号{case.number:digits}。"}
limits: {next: goodbye}
trouble: {en-US: We are sorry., zh-CN: 抱歉。}
goodbye: {en-US: Goodbye., zh-CN: 再见。}
"""
WORDS = "{en-US: Hello., zh-CN: 您好。}"
END = f"hangup: {WORDS}"


def flow(name: str, steps: str, head: str = "") -> str:
    """A flow file; in its steps WORDS stands for a prompt."""
    body = "".join(f"  {line}\n" for line in dedent(steps).strip("\n").split("\n"))
    return f"flow: {name}\ntitle: {WORDS}\n{dedent(head)}steps:\n{body}".replace("WORDS", WORDS)


def files(main: str, hotline: str = HOTLINE, /, **others: str) -> dict[str, str]:
    written = {"hotline.yaml": hotline, "main.yaml": main if main.startswith("flow:") else flow("main", main)}
    for name, text in others.items():
        written[f"{name}.yaml"] = text if text.startswith("flow:") else flow(name, text)
    return written


def lint(written: dict[str, str]) -> list[Finding]:
    return findings_of({name: text.encode() for name, text in written.items()})


def broken(
    code: str, at: str, piece: str, written: dict[str, str], *, file: str = "main.yaml", severity: str = "error"
) -> Finding:
    """Assert that one finding has this code, begins where `at` stands in the file, and says `piece`."""
    findings = lint(written)
    mine = [finding for finding in findings if finding.code == code]
    lines = written[file].split("\n")
    places = [(n, line.index(at) + 1) for n, line in enumerate(lines, 1) if at in line]
    assert len(places) == 1, f"{at!r} stands {len(places)} times in {file}"
    assert [(f.file, f.line, f.column) for f in mine] == [(file, *places[0])], "\n".join(map(str, findings))
    assert piece in f"{mine[0].message} {mine[0].hint}", str(mine[0])
    assert mine[0].severity == severity
    return mine[0]


def clean(written: dict[str, str]) -> None:
    assert [str(finding) for finding in lint(written)] == []


# -- the flows that are shipped, and several mistakes at once


def test_the_shipped_flows_have_no_finding() -> None:
    assert findings_of(read_files(str(FLOWS))) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_their_places() -> None:
    written = files(
        """
        hello: {say: {en-US: Hello.}, next: lost}
        menu:
          menu: {en-US: "Hello {nobody}.", zh-CN: 您好。}
          choices:
            star: {label: WORDS, next: goodbye}
        """
    )

    findings = lint(written)

    assert [(finding.line, finding.code) for finding in findings] == [
        (4, "missing-language"),
        (4, "unknown-target"),
        (5, "unreachable-step"),
        (6, "unknown-placeholder"),
        (6, "uneven-placeholders"),
        (8, "shortcut-key"),
    ]
    assert [(f.line, f.column) for f in findings] == sorted((f.line, f.column) for f in findings)


def test_rules_go_on_over_the_other_flows_when_one_file_cannot_be_read() -> None:
    written = files(
        """
        go: {run: other, next: hello}
        hello: {say: WORDS, next: lost}
        """,
        other="a: {sya: WORDS, next: goodbye}",
    )

    codes = {(finding.file, finding.code) for finding in lint(written)}

    assert codes == {("other.yaml", "unknown-kind"), ("main.yaml", "unknown-target")}


# -- targets


def test_a_target_that_is_no_step_is_found_with_the_step_it_was_meant_to_be() -> None:
    written = files(
        f"""
        hello: {{say: WORDS, next: complaintt}}
        complaint: {{{END}}}
        """
    )

    finding = broken("unknown-target", "complaintt", 'there is no such step. Did you mean "complaint"?', written)

    assert 'step "hello" goes to "complaintt"' in finding.message
    assert len(lint(written)) == 1


def test_a_choice_with_an_unknown_target_is_named_by_its_key() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        2: {label: WORDS, next: nowhere}
    """

    broken("unknown-target", "nowhere", 'choice 2 goes to "nowhere"', files(main))


@pytest.mark.parametrize(
    ("written", "meant"), [("goodby", "goodbye"), ("retrun", "return"), ("repeet", "repeat"), ("bakc", "back")]
)
def test_a_misspelt_word_of_a_target_is_found_with_the_word_it_was_meant_to_be(written: str, meant: str) -> None:
    main = f"""
    ask: {{yes_no: WORDS, yes: {written}, no: told}}
    told: {{say: WORDS, next: goodbye}}
    """

    broken("unknown-target", f"{written},", f'Did you mean "{meant}"?', files(main))
    assert len(lint(files(main))) == 1


def test_a_step_that_is_nearer_than_a_word_is_suggested_first() -> None:
    main = f"""
    ask: {{yes_no: WORDS, yes: god_by, no: good_by}}
    good_by: {{{END}}}
    """

    broken("unknown-target", "god_by,", 'Did you mean "good_by"?', files(main))


def test_a_misspelt_word_in_the_hotline_is_found_with_its_word() -> None:
    hotline = HOTLINE.replace("limits: {next: goodbye}", "limits: {next: goodby}")

    broken("unknown-target", "goodby}", 'Did you mean "goodbye"?', files("a: {yes_no: WORDS, next: goodbye}", hotline),
           file="hotline.yaml")  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"), [("flwo other", "flow other"), ("retrun none", "return none"), ("folw othr", "flow othr")]
)
def test_a_target_of_two_words_whose_first_is_misspelt_is_found_with_what_was_meant(written: str, meant: str) -> None:
    main = f"ask: {{yes_no: WORDS, yes: {written}, no: goodbye}}"

    broken("bad-value", written, f'Did you mean "{meant}"', files(main, other=f"a: {{{END}}}"))


def test_a_flow_named_as_a_step_is_told_how_to_name_a_flow() -> None:
    other = f"a: {{{END}}}"
    main = "ask: {yes_no: WORDS, yes: other, no: flow other}"

    broken("unknown-target", "other, no", 'write "flow other"', files(main, other=other))


def test_an_unknown_flow_in_the_defaults_is_found_in_the_hotline() -> None:
    hotline = HOTLINE.replace("no_match: {tries: 2, next: goodbye}", "no_match: {tries: 2, next: flow agnt}")

    broken("unknown-target", "flow agnt", "no such flow", files(f"a: {{{END}}}", hotline), file="hotline.yaml")


def test_an_unknown_flow_is_found_where_it_is_run() -> None:
    main = """
    go: {run: othr, next: goodbye}
    ask: {yes_no: WORDS, next: goodbye}
    """

    broken("unknown-flow", "othr", 'Did you mean "other"?', files(main, other=f"a: {{{END}}}"))


def test_an_unknown_flow_is_found_where_a_number_leads_to_it() -> None:
    hotline = HOTLINE.replace("default: main", "default: mian")

    broken("unknown-flow", "mian", 'Did you mean "main"?', files(f"a: {{{END}}}", hotline), file="hotline.yaml")


def test_a_step_may_not_have_the_name_of_a_target() -> None:
    broken("bad-name", "repeat:", "a word for where a step leads", files(f"repeat: {{{END}}}"))


def test_every_kind_of_target_that_is_there_is_fine() -> None:
    main = """
    ask: {yes_no: WORDS, yes: told, no: flow other, no_input: goodbye, no_match: {tries: 3, next: told}}
    told: {say: WORDS, next: return}
    """

    clean(files(main, other="a: {say: WORDS, next: return}"))


def test_a_flow_that_takes_values_cannot_be_entered_by_a_target() -> None:
    other = flow("other", "a: {say: WORDS, next: return}", "takes: {phone: phone}\n")
    main = "ask: {yes_no: WORDS, yes: flow other, no: goodbye}"

    broken("flow-takes-values", "flow other", "run: other", files(main, other=other))


def test_a_flow_with_outcomes_cannot_be_entered_by_a_target() -> None:
    main = "ask: {yes_no: WORDS, yes: flow other, no: goodbye}"

    broken("flow-takes-values", "flow other", 'return "none"', files(main, other="a: {say: WORDS, next: return none}"))


def test_a_statement_may_not_enter_a_flow_that_comes_back_to_it() -> None:
    main = "hello: {say: WORDS, next: flow other}"

    broken_ = files(main, other="a: {say: WORDS, next: return}")

    broken("flow-needs-run", "flow other", "step with run: other", broken_)
    clean(files(main, other=f"a: {{{END}}}"))


# -- steps and flows nobody reaches


def test_a_step_nothing_leads_to_is_a_warning() -> None:
    main = """
    hello: {say: WORDS, next: goodbye}
    lost: {say: WORDS, next: hello}
    """

    broken("unreachable-step", "lost", "Lead a step or a choice to it, or delete it", files(main), severity="warning")


def test_a_step_behind_a_flow_that_never_returns_is_not_reached() -> None:
    main = """
    go: {run: other, next: after}
    after: {say: WORDS, next: goodbye}
    """

    broken("unreachable-step", "after:", "after", files(main, other=f"a: {{{END}}}"), severity="warning")
    clean(files(main, other="a: {say: WORDS, next: return}"))


def test_a_flow_nothing_enters_is_a_warning() -> None:
    written = files(f"a: {{{END}}}", other=f"a: {{{END}}}")

    broken("unreachable-flow", "other", "run: other", written, file="other.yaml", severity="warning")


def test_a_flow_only_a_shortcut_enters_is_reached() -> None:
    hotline = HOTLINE.replace("shortcuts:\n", "shortcuts:\n  0: {next: flow agent, label: WORDS}\n")

    clean(files("ask: {yes_no: WORDS, next: goodbye}", hotline.replace("WORDS", WORDS), agent=f"a: {{{END}}}"))


# -- dead ends


def test_a_choice_without_a_next_is_a_dead_end() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: cards, zh-CN: 银行卡}, next: goodbye}
        2: {label: {en-US: loans, zh-CN: 贷款}}
    """

    broken("dead-end", "2: {label", 'choice 2 ("loans") leads nowhere', files(main))


def test_a_choice_without_a_next_takes_that_of_its_step() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: cards, zh-CN: 银行卡}}
        2: {label: {en-US: loans, zh-CN: 贷款}, next: goodbye}
      next: told
    told: {say: WORDS, next: goodbye}
    """

    clean(files(main))
    clean(files(main.replace("next: told", "next: goodbye").split("    told:")[0]))


def test_an_answer_without_a_next_is_a_dead_end() -> None:
    broken("dead-end", "collect", "the step has no next", files("ask: {collect: WORDS, type: digits}"))
    broken("dead-end", "menu", "the step has no next", files("ask: {menu: WORDS, scale: 1-5}"))
    broken("dead-end", "yes_no", '"no" to step "ask"', files("ask: {yes_no: WORDS, yes: goodbye}"))
    clean(files("ask: {collect: WORDS, type: digits, next: goodbye}"))


def test_a_statement_without_a_next_is_a_missing_key() -> None:
    broken("missing-key", "a:", '"next" is missing', files("a: {say: WORDS}"))


def test_a_branch_whose_last_arm_has_a_condition_is_a_bad_value() -> None:
    main = "a: {branch: [{when: {call.vip: yes}, next: goodbye}]}"

    broken("bad-value", "[{when", "the last arm has a when", files(main))


def test_a_transfer_that_says_nothing_of_a_busy_desk_is_a_dead_end() -> None:
    written = files("a: {transfer: desk, no_answer: goodbye, failed: goodbye}")

    broken("dead-end", "desk,", "busy or closed", written)


def test_a_desk_without_hours_is_never_closed() -> None:
    clean(files("a: {transfer: always, busy: goodbye, no_answer: goodbye, failed: goodbye}"))
    clean(files("a: {transfer: desk, otherwise: goodbye}"))


def test_two_questions_that_only_lead_to_each_other_are_a_dead_end() -> None:
    main = """
    ask:
      yes_no: WORDS
      next: other
      no_input: other
      no_match: other
    other:
      yes_no: WORDS
      next: ask
      no_input: ask
      no_match: ask
    """

    dead = [finding for finding in lint(files(main)) if finding.code == "dead-end"]

    assert [(finding.line, finding.column) for finding in dead] == [(4, 3), (9, 3)]
    assert "leads to an end or to a person" in dead[0].message


def test_a_question_that_can_be_left_by_a_shortcut_is_no_dead_end() -> None:
    hotline = HOTLINE.replace("shortcuts:\n", f"shortcuts:\n  0: {{next: goodbye, label: {WORDS}}}\n")
    main = "ask: {yes_no: WORDS, next: ask, no_input: {next: repeat}, no_match: {next: repeat}}"

    assert "dead-end" in {finding.code for finding in lint(files(main))}
    assert "dead-end" not in {finding.code for finding in lint(files(main, hotline))}


# -- rings nobody chose to go round in


def test_a_give_up_that_leads_to_its_own_question_is_found() -> None:
    main = "ask: {yes_no: WORDS, next: goodbye, no_input: {next: ask}}"

    broken("give-up-loop", "ask}}", "says nothing goes round for ever: ask > ask", files(main))


def test_a_give_up_that_repeats_is_found() -> None:
    main = "ask: {yes_no: WORDS, next: goodbye, no_match: {next: repeat}}"

    broken("give-up-loop", "repeat", "is never understood goes round for ever", files(main))


def test_a_give_up_that_goes_back_and_forth_is_found() -> None:
    main = """
    ask: {yes_no: WORDS, next: goodbye, no_input: {next: more}}
    more: {yes_no: WORDS, next: goodbye, no_input: {next: back}}
    """

    broken("give-up-loop", "more}}", "ask > more > ask", files(main))


def test_a_ring_of_give_ups_is_found_once_at_its_first_question() -> None:
    main = """
    one: {yes_no: WORDS, next: goodbye, no_input: {next: two}}
    two: {yes_no: WORDS, next: goodbye, no_input: {next: three}}
    three: {yes_no: WORDS, next: goodbye, no_input: {next: one}}
    """

    broken("give-up-loop", "two}}", "one > two > three > one", files(main))


def test_a_chain_of_give_ups_that_ends_is_fine() -> None:
    main = """
    one: {yes_no: WORDS, next: goodbye, no_input: {next: two}}
    two: {yes_no: WORDS, yes: one, no: goodbye, no_match: {next: three}}
    three: {yes_no: WORDS, yes: one, no: two, no_input: goodbye}
    """

    clean(files(main))


def test_a_question_of_the_person_may_not_inherit_a_give_up_to_the_person() -> None:
    hotline = HOTLINE.replace("no_input: {tries: 2, next: goodbye}", "no_input: {tries: 2, next: flow agent}")
    main = "ask: {yes_no: WORDS, next: goodbye}"
    agent = "desk: {transfer: desk, otherwise: rating}\nrating: {run: rate, next: goodbye}"
    rate = "stars: {menu: WORDS, scale: 1-5, next: return}"

    written = files(main, hotline, agent=agent, rate=rate)

    broken("give-up-loop", "stars", 'begins flow "agent" again', written, file="rate.yaml")
    clean(files(main, hotline, agent=agent, rate=rate.replace("next:", "no_input: return, next:")))


def test_silence_that_loops_through_a_failed_transfer_is_found() -> None:
    main = """
    ask: {yes_no: WORDS, next: goodbye, no_input: {next: desk}}
    desk: {transfer: desk, otherwise: busy}
    busy: {say: WORDS, next: ask}
    """

    broken("silence-loop", "desk}}", "ask > desk > busy > ask", files(main))


def test_silence_that_loops_through_a_flow_that_comes_back_is_found() -> None:
    main = "ask: {yes_no: WORDS, next: goodbye, no_input: {next: flow other}}"

    broken("silence-loop", "flow other", "ask > a > ask", files(main, other="a: {say: WORDS, next: return}"))
    clean(files(main, other="a: {say: WORDS, next: goodbye}"))


def test_steps_that_lead_round_without_asking_are_found() -> None:
    main = """
    a: {say: WORDS, next: b}
    b: {say: WORDS, next: a}
    """

    broken("silence-loop", "b}", "asks nothing: a > b > a", files(main))


def test_wrong_keys_that_loop_are_found_apart_from_silence() -> None:
    main = """
    ask: {yes_no: WORDS, next: goodbye, no_match: {next: sorry}}
    sorry: {say: WORDS, next: ask}
    """

    broken("no-match-loop", "sorry}}", "is never understood", files(main))


def test_a_ring_that_a_value_ends_is_no_loop() -> None:
    main = """
    start: {set: {asked: no}, next: ask}
    ask: {yes_no: WORDS, next: goodbye, no_input: {next: again}}
    again:
      branch:
        - {when: {asked: yes}, next: goodbye}
        - {next: once}
    once: {set: {asked: yes}, next: ask}
    """

    clean(files(main))


def test_a_ring_that_needs_a_choice_or_a_person_is_no_loop() -> None:
    main = """
    ask: {yes_no: WORDS, yes: ask, no: desk}
    desk: {transfer: desk, otherwise: goodbye, answered: ask}
    """

    clean(files(main))


def test_flows_that_run_each_other_are_a_ring() -> None:
    main = "a: {run: other, next: goodbye}"
    other = "a: {yes_no: WORDS, yes: b, no: return}\nb: {run: main, next: return}"

    findings = [finding for finding in lint(files(main, other=other)) if finding.code == "run-cycle"]

    assert [(f.file, f.line) for f in findings] == [("main.yaml", 4), ("other.yaml", 5)]
    assert "main > other > main" in findings[0].message
    clean(files(main, other=other.replace("run: main", "run: third"), third="a: {say: WORDS, next: return}"))


# -- flows run by others


def test_an_outcome_nobody_takes_up_is_found() -> None:
    other = "a: {yes_no: WORDS, yes: return, no: return none}"

    broken(
        "unhandled-outcome", "other", "Add outcomes: {none: STEP}", files("a: {run: other, next: goodbye}", other=other)
    )
    clean(files("a: {run: other, outcomes: {none: goodbye}, next: goodbye}", other=other))


def test_an_outcome_never_returned_is_a_warning() -> None:
    main = "a: {run: other, outcomes: {non: goodbye, none: goodbye}, next: goodbye}"
    other = "a: {yes_no: WORDS, yes: return, no: return none}"

    broken("unused-outcome", "non:", 'Did you mean "none"?', files(main, other=other), severity="warning")


NEVER_RETURNS = "a: {yes_no: WORDS, yes: goodbye, no: flow main}"
ONE_WORD = "a: {yes_no: WORDS, yes: return none, no: goodbye}"
EITHER = "a: {yes_no: WORDS, yes: return none, no: return}"


@pytest.mark.parametrize(
    ("step", "other"),
    [
        ("{run: other}", NEVER_RETURNS),
        ("{run: other, outcomes: {none: goodbye}}", ONE_WORD),
        ("{run: other, outcomes: {none: goodbye}, next: goodbye}", EITHER),
        ("{run: other, next: goodbye}", "a: {run: last, next: return}"),
    ],
)
def test_a_run_says_where_its_flow_returns_to_and_no_more(step: str, other: str) -> None:
    clean(files(f"go: {step}", other=other, **({"last": "a: {say: WORDS, next: return}"} if "last" in other else {})))


@pytest.mark.parametrize(
    ("step", "other", "said"),
    [
        ("{run: other}", EITHER.replace("return none", "goodbye"), 'flow "other" returns, and this step'),
        ("{run: other, outcomes: {none: goodbye}}", EITHER, 'flow "other" returns, and this step'),
        ("{run: other}", ONE_WORD, 'flow "other" may return "none"'),
    ],
)
def test_a_run_without_a_next_whose_flow_returns_is_found(step: str, other: str, said: str) -> None:
    broken("unhandled-outcome", "other", said, files(f"go: {step}", other=other))


@pytest.mark.parametrize(
    ("step", "other", "said"),
    [
        ("{run: other, next: goodbye}", NEVER_RETURNS, 'flow "other" never returns, so this next is never taken'),
        ("{run: other, next: goodbye}", "a: {run: last}", 'flow "other" never returns'),
        ("{run: other, outcomes: {none: goodbye}, next: goodbye}", ONE_WORD, 'each word that flow "other" returns'),
    ],
)
def test_a_next_that_is_never_taken_is_a_warning(step: str, other: str, said: str) -> None:
    more = {"last": NEVER_RETURNS} if "last" in other else {}

    broken("unused-outcome", "next: goodbye", said, files(f"go: {step}", other=other, **more), severity="warning")


def test_a_flow_that_may_return_by_a_misspelt_target_is_not_said_to_never_return() -> None:
    found = lint(files("go: {run: other, next: goodbye}", other="a: {yes_no: WORDS, yes: goodbye, no: xyzzy}"))

    assert [finding.code for finding in found] == ["unknown-target"]


def test_a_run_without_a_next_is_not_judged_while_its_flow_cannot_be_read() -> None:
    found = lint(files("go: {run: other}", other="a: {say: WORDS}"))

    assert [finding.code for finding in found] == ["missing-key"]


def test_a_caller_who_runs_into_a_flow_without_a_way_out_is_found() -> None:
    stuck = "a: {yes_no: WORDS, next: a, no_input: a, no_match: a}"

    main = "ask: {yes_no: WORDS, next: go, no_input: go, no_match: go}\ngo: {run: other}"

    found = lint(files(main, other=stuck))

    dead = [(finding.file, finding.line) for finding in found if finding.code == "dead-end"]
    assert dead == [("main.yaml", 4), ("other.yaml", 4)]


def test_a_value_a_flow_takes_is_handed_over() -> None:
    other = flow(
        "other", "a: {say: {en-US: 'To {phone}.', zh-CN: '{phone}。'}, next: return}", "takes: {phone: phone}\n"
    )
    ask = "ask: {collect: WORDS, type: phone, save: phone, next: go}\n"

    broken("missing-value", "other", 'takes "phone"', files(ask + "go: {run: other, next: goodbye}", other=other))
    clean(files(ask + "go: {run: other, with: [phone], next: goodbye}", other=other))


def test_a_value_a_flow_does_not_take_is_a_warning() -> None:
    main = "go: {run: other, with: {phone: x}, next: goodbye}"
    other = "a: {say: WORDS, next: return}"

    broken("unwanted-value", "phone", "does not see it", files(main, other=other), severity="warning")


# -- names of the hotline


def test_hours_and_destinations_that_are_not_there_are_found() -> None:
    main = """
    when: {hours: dsk, open: go, closed: goodbye}
    go: {transfer: nowhere, otherwise: goodbye}
    """

    broken("unknown-hours", "dsk", 'Did you mean "desk"?', files(main))
    broken("unknown-destination", "nowhere", "There are desk, always.", files(main))
    clean(files(main.replace("dsk", "desk").replace("nowhere", "always")))


def test_hours_that_run_over_midnight_are_fine() -> None:
    clean(files(f"a: {{{END}}}", HOTLINE.replace("08:30-20:00", "20:00-08:30")))


def test_hours_that_end_when_they_begin_are_found() -> None:
    hotline = HOTLINE.replace("08:30-20:00", "08:30-08:30")

    broken("bad-hours", "08:30-08:30", "ends when it begins", files(f"a: {{{END}}}", hotline), file="hotline.yaml")


def test_a_destination_without_a_number_is_found() -> None:
    hotline = HOTLINE.replace('always: {number: "+862155500101"}', "always: {ring: 5s}")

    broken("no-number", "always:", "nobody can be rung", files(f"a: {{{END}}}", hotline), file="hotline.yaml")


def test_words_in_place_of_a_shared_prompt_are_found() -> None:
    broken("unknown-prompt", "sory", 'Did you mean "sorry"?', files("a: {hangup: sory}"))
    clean(files("a: {hangup: sorry}"))


# -- languages


def test_a_prompt_without_one_of_the_languages_is_found() -> None:
    broken("missing-language", "say", "no words in zh-CN", files("a: {say: {en-US: Hello.}, next: goodbye}"))


def test_a_misspelt_language_is_one_finding() -> None:
    written = files("a: {say: {en-US: Hello., zh-cn: 您好。}, next: goodbye}")

    broken("unknown-language", "zh-cn", 'Did you mean "zh-CN"?', written)
    assert len(lint(written)) == 1


def test_a_title_nobody_hears_lacks_a_language_as_a_warning() -> None:
    main = flow("main", f"a: {{{END}}}").replace(f"title: {WORDS}", "title: {en-US: Main}")

    broken("missing-language", "title", "zh-CN", files(main), severity="warning")


def test_a_choice_for_one_language_needs_its_label_in_that_one_only() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: visas}, languages: [en-US], next: goodbye}
        2: {label: {en-US: cards, zh-CN: 银行卡}, next: goodbye}
    """

    clean(files(main))
    broken("no-choice", "choices", "no choice in zh-CN", files(main.split("    2:")[0]))
    broken("missing-language", "label: {en-US: visas}", "choice 1", files(main.replace(" languages: [en-US],", "")))


def test_a_step_cannot_change_to_a_language_the_hotline_does_not_speak() -> None:
    main = """
    ask:
      language: WORDS
      choices:
        1: {is: en-US, words: [English]}
        2: {is: zh-TW, words: [國語]}
      next: set
    set: {set: {call.language: fr-FR}, next: goodbye}
    """

    findings = [finding for finding in lint(files(main)) if finding.code == "unknown-language"]

    assert [(f.line, f.message.split()[-1]) for f in findings] == [(8, '"zh-TW".'), (10, '"fr-FR".')]
    clean(files(main.replace("zh-TW", "zh-CN").replace("fr-FR", "en-US")))


# -- placeholders


def test_a_placeholder_nothing_saves_is_found_with_the_name_meant() -> None:
    main = """
    ask: {collect: WORDS, type: phone, save: phone, next: told}
    told: {say: {en-US: "We call {fone}.", zh-CN: "{fone}。"}, next: goodbye}
    """

    findings = [finding for finding in lint(files(main)) if finding.code == "unknown-placeholder"]

    assert [(f.line, f.column) for f in findings] == [(5, 32), (5, 50)]
    assert 'nothing saves "fone"' in findings[0].message
    assert 'Did you mean "phone"?' in findings[0].hint
    clean(files(main.replace("{fone}", "{phone:phone}")))


def test_facts_may_be_spoken_everywhere_and_the_entry_in_its_confirmation() -> None:
    main = """
    told: {say: {en-US: "Open {hours.desk.opens:time}.", zh-CN: "{hours.desk.opens:time}。"}, next: ask}
    ask:
      collect: WORDS
      type: digits
      confirm: {en-US: "{value}?", zh-CN: "{value}？"}
      next: goodbye
    """

    clean(files(main))
    broken("unknown-placeholder", "{value}。", "value", files(main.replace("{hours.desk.opens:time}。", "{value}。")))


def test_a_shared_prompt_is_judged_where_it_is_used() -> None:
    hotline = HOTLINE.replace("prompts:\n", 'prompts:\n  to: {en-US: "To {phone}.", zh-CN: "{phone}。"}\n')

    broken("unknown-placeholder", "to,", "speaks {phone}", files("a: {say: to, next: goodbye}", hotline))
    clean(files("a: {collect: WORDS, type: phone, save: phone, next: b}\nb: {say: to, next: goodbye}", hotline))


def test_an_unknown_way_to_speak_a_value_is_found() -> None:
    words = '{en-US: "{call.started:tme}.", zh-CN: "{call.started:time}。"}'

    broken("unknown-format", "{call.started:tme}", 'Did you mean "time"?', files(f"a: {{hangup: {words}}}"))


def test_braces_that_are_no_placeholder_are_found() -> None:
    words = '{en-US: "Call {Phone}.", zh-CN: 您好。}'

    broken("stray-brace", "{Phone}", "the voice reads it out", files(f"a: {{hangup: {words}}}"))


def test_a_placeholder_left_out_in_one_language_is_a_warning() -> None:
    words = '{en-US: "Since {call.started:time}.", zh-CN: 您好。}'

    broken("uneven-placeholders", "您好。", "{call.started}", files(
        flow("main", f"a: {{hangup: {words}}}").replace(f"title: {WORDS}", "title: {en-US: Main, zh-CN: 主}")
    ), severity="warning")  # fmt: skip


# -- choices


def test_a_choice_on_a_key_of_a_shortcut_is_found() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        "*": {label: WORDS, next: goodbye}
    """

    broken("shortcut-key", '"*"', "Put it on key 1.", files(main))
    clean(files(main.replace('"*"', "9")))
    clean(files(main.replace("menu: WORDS", "menu: WORDS\n      shortcuts: no")))


def test_the_key_of_the_person_stays_the_persons_where_shortcuts_are_off() -> None:
    hotline = HOTLINE.replace("shortcuts:\n", f"shortcuts:\n  0: {{next: goodbye, label: {WORDS}}}\n")
    main = "ask: {menu: WORDS, shortcuts: no, choices: {0: {label: {en-US: x, zh-CN: y}, next: goodbye}}}"

    broken("shortcut-key", "0:", "shortcut to goodbye", files(main, hotline))


def test_two_choices_on_one_key_are_a_duplicate_key() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: cards, zh-CN: 卡}, next: goodbye}
        "1": {label: {en-US: loans, zh-CN: 贷款}, next: goodbye}
    """

    broken("duplicate-key", '"1"', "written twice", files(main))


def test_two_choices_of_one_name_are_found() -> None:
    main = """
    ask:
      menu: WORDS
      save: about
      choices:
        1: {is: card, label: {en-US: cards, zh-CN: 卡}}
        2: {is: card, label: {en-US: loans, zh-CN: 贷款}}
      next: goodbye
    """

    broken("same-choice", "2: {is", 'both called "card"', files(main))
    clean(files(main.replace("2: {is: card", "2: {is: loan")))


def test_choices_of_one_name_in_different_languages_are_one_choice() -> None:
    main = """
    ask:
      menu: WORDS
      save: about
      choices:
        1: {is: card, label: {en-US: cards}, languages: [en-US], next: told}
        2: {is: card, label: {zh-CN: 银行卡}, languages: [zh-CN], next: told}
        3: {is: loan, label: {en-US: loans, zh-CN: 贷款}, next: goodbye}
      next: told
    told: {say: {en-US: "It is {about}.", zh-CN: "{about}。"}, next: goodbye}
    """

    clean(files(main))
    clean(files(main.replace("[en-US], next: told", "[en-US]")))
    broken("same-choice", "2: {is", "both called", files(main.replace("[zh-CN]", "[zh-CN, en-US]").replace(
        "{zh-CN: 银行卡}", "{zh-CN: 银行卡, en-US: a card}")))  # fmt: skip
    broken(
        "same-choice",
        "2: {is",
        "and lead different ways",
        files(main.replace("[zh-CN], next: told", "[zh-CN], next: goodbye")),
    )


def test_a_choice_of_a_menu_that_saves_says_its_value() -> None:
    main = """
    ask:
      menu: WORDS
      save: about
      choices:
        1: {is: card, label: {en-US: cards, zh-CN: 卡}}
        2: {label: {en-US: loans, zh-CN: 贷款}}
      next: goodbye
    """

    broken("missing-is", "2: {label", 'saves "about"', files(main))


def test_one_word_for_two_choices_of_a_menu_is_a_warning() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: cards, zh-CN: 卡}, words: {en-US: [plastic]}, next: goodbye}
        2: {label: {en-US: loans, zh-CN: 贷款}, words: {en-US: [money, "Plastic!"]}, next: goodbye}
    """

    broken("same-words", '"Plastic!"', "so it chooses neither", files(main), severity="warning")
    clean(files(main.replace('en-US: [money, "Plastic!"]', "zh-CN: [plastic]")))


def test_a_word_of_a_shortcut_never_chooses_a_choice() -> None:
    main = """
    ask:
      menu: WORDS
      choices:
        1: {label: {en-US: this again, zh-CN: 卡}, next: goodbye}
    """

    broken("same-words", "this again", "shortcut star, which comes first", files(main), severity="warning")


def test_a_word_for_both_yes_and_no_is_a_warning() -> None:
    hotline = HOTLINE.replace('no: ["no", wrong]', 'no: ["no", Sure]')

    broken("same-words", "Sure", "means both yes and no", files(f"a: {{{END}}}", hotline), file="hotline.yaml",
           severity="warning")  # fmt: skip


def test_a_prompt_that_announces_its_keys_itself_says_each_of_them() -> None:
    main = """
    ask:
      menu: {en-US: "For cards, press 1.", zh-CN: 银行卡请按二。}
      announce: no
      choices:
        1: {label: {en-US: cards, zh-CN: 卡}, next: goodbye}
    """

    broken("key-not-said", "银行卡请按二", "do not say key 1", files(main), severity="warning")
    clean(files(main.replace("按二", "按一")))


# -- values


def test_a_value_read_before_it_is_saved_on_some_path_is_found() -> None:
    main = """
    ask: {collect: WORDS, type: phone, save: phone, no_input: told, next: told}
    told: {say: {en-US: "To {phone:phone}.", zh-CN: "{phone:phone}。"}, next: goodbye}
    """

    broken("value-not-saved", '{phone:phone}."', 'before "phone" is saved', files(main))
    clean(files(main.replace("no_input: told", "no_input: goodbye")))


def test_a_value_tested_to_be_known_may_be_read() -> None:
    main = """
    ask: {collect: WORDS, type: phone, save: phone, no_input: which, next: which}
    which:
      branch:
        - {when: {phone: {known: no}}, next: goodbye}
        - {next: told}
    told: {say: {en-US: "To {phone:phone}.", zh-CN: "{phone:phone}。"}, next: goodbye}
    """

    clean(files(main))
    clean(
        files(
            main.replace("{known: no}}, next: goodbye", "{known: yes}}, next: told").replace(
                "{next: told}", "{next: goodbye}"
            )
        )
    )


def test_a_value_on_a_case_may_be_missing_but_must_have_a_name_that_is_saved() -> None:
    main = """
    ask: {collect: WORDS, type: phone, speech: no, save: phone, no_input: keep, next: keep}
    keep: {case: complaint, with: [phone], next: goodbye}
    """

    clean(files(main))
    broken("unknown-value", "fone", 'Did you mean "phone"?', files(main.replace("[phone]", "[fone]")))


def test_a_value_a_flow_gives_is_known_behind_the_step_that_runs_it() -> None:
    number = "ask: {collect: WORDS, type: phone, speech: no, save: phone, no_input: return none, next: return}"
    contact = flow("contact", number, "gives: {phone: phone}\n")
    told = 'told: {say: {en-US: "To {phone:phone}.", zh-CN: "{phone:phone}。"}, next: goodbye}'
    main = f"go: {{run: contact, outcomes: {{none: goodbye}}, next: told}}\n{told}"

    clean(files(main, contact=contact))
    broken(
        "value-not-saved",
        '{phone:phone}."',
        "told",
        files(main.replace("none: goodbye", "none: told"), contact=contact),
    )


def test_a_flow_that_returns_without_what_it_gives_is_found() -> None:
    number = "ask: {collect: WORDS, type: phone, save: phone, no_input: return, next: return}"
    contact = flow("contact", number, "gives: {phone: phone}\n")
    main = "go: {run: contact, next: goodbye}"

    broken(
        "value-not-saved", "return, next", 'the flow gives "phone"', files(main, contact=contact), file="contact.yaml"
    )
    unsaved = flow("contact", "a: {say: WORDS, next: return}", "gives: {phone: phone}\n")
    broken(
        "unknown-value", "phone: phone", "none of its steps saves", files(main, contact=unsaved), file="contact.yaml"
    )


def test_a_case_number_is_spoken_only_where_there_is_a_case() -> None:
    main = """
    told: {say: receipt, next: keep}
    keep: {case: complaint, next: told_again}
    told_again: {say: receipt, next: goodbye}
    """

    broken("value-not-saved", "told:", 'and then "case.number" is empty', files(main))


def test_an_intake_has_its_number_from_the_start_and_so_has_what_it_runs() -> None:
    main = "ask: {yes_no: WORDS, yes: flow complaint, no: goodbye}"
    steps = "told: {say: receipt, next: more}\nmore: {run: more, next: keep}\nkeep: {case: complaint, next: goodbye}"
    more = "a: {say: receipt, next: return}"

    clean(files(main, complaint=flow("complaint", steps, "intake: complaint\n"), more=more))
    broken(
        "value-not-saved",
        "a:",
        "case",
        files(main, complaint=flow("complaint", steps.replace("say: receipt", "say: sorry")), more=more),
        file="more.yaml",
    )


def test_a_whole_call_value_that_starts_empty_is_saved_before_it_is_read() -> None:
    told = (
        'told: {say: {en-US: "Branch {call.branch_code:digits}.", zh-CN: "{call.branch_code:digits}。"}, next: goodbye}'
    )

    broken("value-not-saved", '{call.branch_code:digits}."', "call.branch_code", files(told))
    clean(files(f'start: {{set: {{call.branch_code: "021"}}, next: told}}\n{told}'))


def test_a_number_that_may_be_withheld_is_a_warning_until_it_is_tested() -> None:
    told = 'told: {say: {en-US: "To {caller.phone:phone}.", zh-CN: "{caller.phone:phone}。"}, next: goodbye}'
    test = "which: {branch: [{when: {caller.phone: {known: yes}}, next: told}, {next: goodbye}]}\n"

    broken("value-not-saved", '{caller.phone:phone}."', "withholds their number", files(told), severity="warning")
    clean(files(test + told))


def test_a_condition_on_a_name_nothing_saves_is_found() -> None:
    main = "which: {branch: [{when: {call.vipp: yes}, next: goodbye}, {next: return}]}"

    broken("unknown-value", "call.vipp", 'Did you mean "call.vip"?', files(main))
    clean(files(main.replace("vipp", "vip")))


def test_a_whole_call_value_that_is_not_declared_cannot_be_set() -> None:
    broken("unknown-value", "call.vipp", 'Did you mean "call.vip"?', files("a: {set: {call.vipp: yes}, next: goodbye}"))
    clean(files("a: {set: {call.recording: no}, next: goodbye}"))


def test_a_fact_cannot_be_set() -> None:
    broken("unknown-value", "caller.phone", "is a fact", files('a: {set: {caller.phone: "1"}, next: goodbye}'))
    broken("unknown-value", "hours.desk", "is a fact", files("a: {set: {hours.desk: open}, next: goodbye}"))
    clean(files("a: {set: {call.language: en-US}, next: goodbye}"))


def test_no_part_of_a_value_is_known_by_a_dot_in_its_name() -> None:
    main = """
    ask: {collect: WORDS, type: phone, save: found, next: told}
    told: {say: {en-US: "It is {found.state}.", zh-CN: "{found.state}。"}, next: which}
    which: {branch: [{when: {found.state: open}, next: goodbye}, {next: goodbye}]}
    """

    codes = {(finding.line, finding.code) for finding in lint(files(main))}

    assert {(5, "unknown-placeholder"), (6, "unknown-value")} <= codes
    assert codes.isdisjoint({(5, "value-not-saved"), (6, "value-not-saved")})


def test_two_types_under_one_name_are_found() -> None:
    main = """
    ask: {collect: WORDS, type: phone, save: answer, next: more}
    more: {record: WORDS, save: answer, next: goodbye}
    """

    broken("two-types", "answer, next: goodbye", 'is recording here, and phone in "ask"', files(main))
    clean(files(main.replace("record: WORDS", "collect: WORDS, type: phone")))


def test_a_condition_on_a_word_the_value_never_has_is_a_warning() -> None:
    main = """
    ask:
      menu: WORDS
      save: about
      choices:
        1: {is: card, label: {en-US: cards, zh-CN: 卡}}
        2: {is: loan, label: {en-US: loans, zh-CN: 贷款}}
      next: which
    which:
      branch:
        - {when: {about: [card, laon]}, next: told}
        - {next: goodbye}
    told: {say: WORDS, next: goodbye}
    """

    broken("never-holds", "laon", 'Did you mean "loan"?', files(main), severity="warning")
    clean(files(main.replace("laon", "loan")))


def test_an_arm_behind_one_just_like_it_is_a_warning() -> None:
    main = """
    which:
      branch:
        - {when: {call.vip: yes}, next: return}
        - {when: {call.vip: yes }, next: goodbye}
        - {next: goodbye}
    """

    broken("never-holds", "{call.vip: yes }", "arm 1 has the same", files(main), severity="warning")
    clean(files(main.replace("yes }", "no}")))


# -- sensitive entries


def test_a_sensitive_entry_is_neither_confirmed_nor_spoken_nor_put_on_a_case() -> None:
    main = """
    ask: {collect: WORDS, type: digits, sensitive: yes, save: pin, confirm: yes, next: copy}
    copy: {set: {other: {pin}}, next: told}
    told: {say: {en-US: "It is {other}.", zh-CN: 您好。}, next: keep}
    keep: {case: complaint, with: {product: {pin}}, next: goodbye}
    """

    broken("sensitive-confirmed", "yes, next: copy", "Delete confirm", files(main))
    broken("sensitive-spoken", "{other}.", "never spoken", files(main))
    broken("sensitive-on-case", "pin}}, next: goodbye", "must not be put on a case", files(main))


def test_an_entry_that_is_not_sensitive_may_be_confirmed_spoken_and_kept() -> None:
    main = """
    ask: {collect: WORDS, type: digits, save: pin, confirm: yes, next: told}
    told: {say: {en-US: "It is {pin}.", zh-CN: "{pin}。"}, next: keep}
    keep: {case: complaint, with: {product: {pin}}, next: goodbye}
    """

    clean(files(main))
    clean(files("ask: {collect: WORDS, type: digits, sensitive: yes, save: pin, confirm: no, next: goodbye}"))
