"""Each built-in promise is broken by a planted mistake, and the call shown is the shortest that meets it."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import SINCE, broken, compiled_tiny, moves, proof_of

from ivr.call.events import DISPOSITIONS
from ivr.explore.prove import prove
from ivr.explore.reached import ExitName
from ivr.explore.state_walk import Scope, walk
from ivr.flow.model import Release

GOOD = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 时间, en-US: hours}, next: told}
    2: {label: {zh-CN: 留言, en-US: a message}, next: story}
told: {say: {zh-CN: 八点。, en-US: At eight.}, next: menu}
story:
  record: {zh-CN: 请讲。, en-US: Speak.}
  save: story
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, next: goodbye}
  next: goodbye
"""


def test_a_good_hotline_keeps_every_promise_in_every_state() -> None:
    proof = proof_of(GOOD)

    assert broken(proof) == []
    assert proof.unreached == []
    assert proof.holds
    assert {result.name for result in proof.results} >= {"never silent", "never endless", "a person", "intake kept"}


def test_the_shipped_hotline_keeps_its_own_promises_too(hotline: Release) -> None:
    proof = prove(hotline, Scope(since=date(2026, 11, 25)), calls=300)

    assert [result.why for result in proof.results if not result.holds] == []
    assert proof.holds
    assert len(proof.results) >= 6 + len(hotline.promises)


def test_silence_that_leads_back_to_its_question_is_endless() -> None:
    proof = proof_of(GOOD.replace("choices:\n    1", "no_input: {tries: 2, next: menu}\n  choices:\n    1"))

    (result,) = broken(proof)

    assert result.name == "never endless"
    assert moves(result)[-2:] == ["silence", "silence"]
    assert result.why == "from here on the last 2 turns repeat for ever."


def test_two_transfers_that_fail_into_each_other_are_endless() -> None:
    steps = GOOD.replace("next: told}", "next: first}") + (
        "first: {transfer: agents, otherwise: second}\nsecond: {transfer: agents, otherwise: first}\n"
    )
    steps = steps.replace("told: {say: {zh-CN: 八点。, en-US: At eight.}, next: menu}\n", "")

    endless = [result for result in broken(proof_of(steps)) if result.name == "never endless"]

    assert endless and endless[0].example is not None


def test_steps_that_ask_nothing_in_a_ring_are_endless_within_one_turn() -> None:
    steps = GOOD.replace("At eight.}, next: menu}", "At eight.}, next: told}")

    (result,) = [result for result in broken(proof_of(steps)) if result.name == "never endless"]

    assert "nothing is asked" in result.why
    assert moves(result) == ["时间"]


def test_a_value_that_is_not_known_leaves_a_hole_in_a_sentence() -> None:
    steps = GOOD.replace("八点。, en-US: At eight.", "'{story}。', en-US: 'You said {story}.'")

    (result,) = [result for result in broken(proof_of(steps)) if result.name == "never silent"]

    assert result.why == "the prompt main.told speaks {story}, which is not known here (zh-CN)."
    assert moves(result) == ["时间"]


def test_a_prompt_without_one_of_the_languages_is_heard_as_missing() -> None:
    steps = GOOD.replace("{say: {zh-CN: 八点。, en-US: At eight.}", "{say: {zh-CN: 八点。}")

    (result,) = [result for result in broken(proof_of(steps)) if result.name == "never silent"]

    assert result.why == "the prompt main.told has no words in en-US."


def test_a_desk_that_hangs_up_at_night_strands_who_asks_for_a_person() -> None:
    agent = """\
    flow: agent
    title: {zh-CN: 人工, en-US: A person}
    steps:
      desk: {transfer: agents, otherwise: goodbye}
    """
    proof = proof_of(GOOD, agent=agent)

    (result,) = broken(proof)

    assert result.name == "a person"
    assert moves(result)[-1] == "shortcut 0"
    assert result.example is not None
    assert result.example.turns[-1].state.stack == ()


def test_a_step_nothing_leads_to_and_a_choice_never_heard_are_named() -> None:
    steps = GOOD + "lost: {say: {zh-CN: 无。, en-US: None.}, next: goodbye}\n"

    proof = proof_of(steps)

    assert [tuple(name) for name in proof.unreached] == [("main", "lost", "")]
    assert not proof.holds


def test_an_arm_that_can_never_hold_is_named_though_a_graph_would_reach_it() -> None:
    steps = """\
    which:
      menu: {zh-CN: 请选择。, en-US: Choose.}
      save: product
      choices:
        1: {is: card, label: {zh-CN: 卡, en-US: cards}}
        2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
      next: split
    split:
      branch:
        - {when: {product: card}, next: one}
        - {when: {product: wealth}, next: two}
        - {next: two}
    one: {say: {zh-CN: 一。, en-US: One.}, next: goodbye}
    two: {say: {zh-CN: 二。, en-US: Two.}, next: goodbye}
    """

    assert [tuple(name) for name in proof_of(steps).unreached] == [("main", "split", "arm 2")]


def test_an_errand_longer_than_the_limit_is_told() -> None:
    questions = "".join(
        f"q{n}: {{yes_no: {{zh-CN: 好吗？, en-US: 'Well?'}}, next: {f'q{n + 1}' if n < 12 else 'goodbye'}}}\n"
        for n in range(1, 13)
    )

    proof = proof_of(questions, hotline=("turns: 200", "turns: 10"))

    (result,) = [result for result in broken(proof) if result.name == "ordinary callers"]
    assert "limits end a call after 10" in result.why
    assert result.example is not None and len(result.example.inputs) == 13


def test_an_entry_flow_that_is_an_intake_opens_its_case_at_once() -> None:
    intake = "flow: main\ntitle: {zh-CN: 总, en-US: Main}\nintake: complaint\nsteps:\n"
    release = compiled_tiny(GOOD, main=intake + "".join(f"  {line}\n" for line in GOOD.splitlines()))

    proof = prove(release, Scope(since=SINCE), calls=200)

    assert broken(proof) == []
    assert any(result.name == "intake kept" and result.evidence != "0 times something said was noted"
               for result in proof.results)  # fmt: skip


def test_a_limit_on_states_stops_the_walk_and_nothing_is_proved(hotline: Release) -> None:
    proof = prove(hotline, Scope(since=SINCE, most=200))

    assert not proof.complete
    assert not proof.holds
    assert proof.results == []
    assert proof.largest_state_part


def test_languages_are_compared_and_not_multiplied() -> None:
    two = walk(compiled_tiny(GOOD), Scope(since=SINCE))

    assert not two.canon.keeps_language
    assert {state.language for state in two.graph.states} == {"zh-CN"}


def test_a_menu_with_choices_for_one_language_keeps_the_languages_apart() -> None:
    steps = GOOD.replace("en-US: hours}, next", "en-US: hours}, languages: [en-US], next")

    walked = walk(compiled_tiny(steps), Scope(since=SINCE))

    assert walked.canon.keeps_language


def test_a_ring_that_needs_the_caller_known_and_unknown_is_none() -> None:
    steps = """\
    first:
      yes_no: {zh-CN: 一？, en-US: One?}
      next: goodbye
      no_input: known
    known:
      branch:
        - {when: {caller.phone: {known: yes}}, next: second}
        - {next: told}
    second:
      yes_no: {zh-CN: 二？, en-US: Two?}
      next: goodbye
      no_input: unknown
    unknown:
      branch:
        - {when: {caller.phone: {known: no}}, next: first}
        - {next: told}
    told: {say: {zh-CN: 好。, en-US: Well.}, next: goodbye}
    """

    assert broken(proof_of(steps)) == []


def test_a_hole_that_some_callers_hear_is_found_though_others_come_to_the_prompt_first() -> None:
    steps = """\
    menu:
      menu: {zh-CN: 请选择。, en-US: Choose.}
      choices:
        1: {label: {zh-CN: 甲, en-US: one}, next: known}
        2: {label: {zh-CN: 乙, en-US: two}, next: more}
    known:
      branch:
        - {when: {caller.phone: {known: yes}}, next: told}
        - {next: bye}
    more:
      yes_no: {zh-CN: 继续？, en-US: Go on?}
      next: told
    told: {say: {zh-CN: '{caller.phone}。', en-US: 'It is {caller.phone}.'}, next: bye}
    bye: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}
    """

    (result,) = broken(proof_of(steps))

    assert result.why == "the prompt main.told speaks {caller.phone}, which is not known here (zh-CN)."
    assert moves(result) == ["乙", "yes"]


def test_a_switch_turned_in_the_middle_of_a_call_is_shown_as_such() -> None:
    steps = """\
    start:
      branch:
        - {when: {switch.outage: yes}, next: ask}
        - {next: ask}
    ask:
      yes_no: {zh-CN: 好吗？, en-US: 'Well?'}
      yes: again
      no: goodbye
    again:
      branch:
        - {when: {switch.outage: yes}, next: told}
        - {next: goodbye}
    told: {say: {zh-CN: 好。, en-US: Well.}, next: goodbye}
    """
    switched = ("cases:\n", "switches:\n  outage: {title: {zh-CN: 故障, en-US: outage}}\ncases:\n")

    proof = proof_of(steps, hotline=switched, promises="- {never: main.told, while: {switch.outage: yes}}")

    (result,) = broken(proof)
    assert result.example is not None
    assert result.example.facts_of[-1]["switch.outage"] == 1


def test_what_a_flow_goes_on_to_is_told_apart_by_the_flow_below_it() -> None:
    """Two departments run the same two flows in the other order: nobody goes from one department into the other."""
    steps = """\
    q:
      menu: {zh-CN: 请选择。, en-US: Choose.}
      choices:
        1: {label: {zh-CN: 卡, en-US: cards}, next: a1}
        2: {label: {zh-CN: 贷款, en-US: loans}, next: b1}
    a1: {run: one, next: a2}
    a2: {yes_no: {zh-CN: 卡？, en-US: Cards?}, next: a3}
    a3: {run: two, next: goodbye}
    b1: {run: two, next: b2}
    b2: {yes_no: {zh-CN: 贷款？, en-US: Loans?}, yes: b3, no: goodbye}
    b3: {run: one, next: goodbye}
    """
    asks = """\
flow: {name}
title: {{zh-CN: 问, en-US: {name}}}
steps:
  ask: {{yes_no: {{zh-CN: 好？, en-US: "{name}?"}}, next: return}}
"""

    proof = proof_of(steps, one=asks.format(name="one"), two=asks.format(name="two"))

    assert proof.complete
    (result,) = [result for result in proof.results if result.name == "ordinary callers"]
    assert result.evidence.startswith("5 turns")


DOWN = "down: {hangup: {zh-CN: 系统故障，请稍后再拨。, en-US: We are down. Please call later.}, as: failed}\n"
SWITCHED = ("cases:\n", "switches:\n  outage: {title: {zh-CN: 故障, en-US: outage}}\ncases:\n")


def test_a_line_that_says_it_is_down_and_ends_keeps_every_promise() -> None:
    proof = proof_of(DOWN, agent="flow: agent\ntitle: {zh-CN: 人工, en-US: A person}\nsteps:\n  " + DOWN)

    assert broken(proof) == []


def test_a_line_may_be_down_by_a_switch_and_work_otherwise() -> None:
    steps = "up:\n  branch: [{when: {switch.outage: yes}, next: down}, {next: menu}]\n" + DOWN + GOOD

    proof = proof_of(steps, hotline=SWITCHED)

    assert broken(proof) == []
    assert proof.holds


def test_a_caller_nobody_can_be_rung_for_may_be_told_that_it_failed() -> None:
    steps = GOOD.replace("next: menu}", "next: desk}") + "desk: {transfer: agents, otherwise: down}\n" + DOWN

    assert "no dead end" not in {result.name for result in broken(proof_of(steps))}


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_a_flow_may_end_a_call_by_each_disposition_there_is(disposition: str) -> None:
    steps = GOOD.replace("next: menu}", "next: down}") + DOWN.replace("failed", disposition)

    assert broken(proof_of(steps)) == []


@pytest.mark.parametrize(("next_", "never"), [("", []), (", next: ask", [ExitName("main", "go", "next")])])
def test_a_run_of_a_flow_that_never_returns_has_no_next_to_reach(next_: str, never: list[ExitName]) -> None:
    main = f"""\
    ask: {{yes_no: {{zh-CN: 吗？, en-US: Right?}}, yes: go, no: goodbye}}
    go: {{run: last{next_}}}
    """
    last = """\
    flow: last
    title: {zh-CN: 末, en-US: Last}
    steps:
      sure: {yes_no: {zh-CN: 吗？, en-US: Sure?}, yes: flow agent, no: goodbye}
    """

    proof = proof_of(main, last=last)

    assert proof.complete
    assert proof.unreached == never
