"""The closed table of rules, in the order of the manual. A new rule is one file, one row here, and its sentences under
its code in ivr/messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from ivr.lint.cases import (
    case_without_clock,
    case_without_contact,
    complaint_too_deep,
    complaint_without_case,
    due_without_clock,
    triage_never_fits,
    urgent_without_clock,
)
from ivr.lint.data import (
    looks_sensitive,
    missing_value,
    never_holds,
    no_country,
    sensitive_confirmed,
    sensitive_on_case,
    sensitive_spoken,
    spoken_unconfirmed,
    two_types,
    unknown_value,
    unused_value,
    unwanted_value,
    value_not_saved,
    wrong_type,
)
from ivr.lint.limits import limit_in_reach, limit_leads_round, message_past_limit, network_limit
from ivr.lint.menus import (
    announce_without_key,
    bad_net,
    key_not_accepted,
    key_not_said,
    key_said_twice,
    missing_is,
    no_choice,
    no_way_back,
    same_choice,
    same_words,
    shortcut_key,
    too_many_choices,
    too_many_hints,
    urgent_words,
    yes_no_keys,
    yes_no_words,
)
from ivr.lint.menus import key_not_announced as key_not_announced
from ivr.lint.outgoing import (
    follow_up_flow,
    long_greeting,
    matter_before_person,
    no_result,
    note_number,
    outgoing_flow,
    outgoing_from,
    outgoing_hours,
    outgoing_name,
    outgoing_unused,
    outside_outgoing,
    two_results,
)
from ivr.lint.paths import (
    dead_end,
    far_from_person,
    flow_needs_run,
    flow_takes_values,
    give_up_loses_caller,
    no_number,
    not_built,
    not_phoned,
    silence_loop,
    unhandled_outcome,
    unknown_destination,
    unknown_flow,
    unknown_in_promise,
    unknown_target,
    unreachable_flow,
    unreachable_step,
    unused_outcome,
)
from ivr.lint.paths import run_cycle as run_cycle
from ivr.lint.prompts import (
    doubled_stop,
    markup_in_words,
    missing_format,
    missing_language,
    other_script,
    prompt_too_long,
    read_as_number,
    sentence_too_long,
    stray_brace,
    two_prepositions,
    unclear_not_said,
    uneven_placeholders,
    unknown_format,
    unknown_language,
    unknown_placeholder,
    unknown_prompt,
    unknown_tag,
    unknown_voice,
    voice_language,
    wrong_format,
)
from ivr.lint.rule import Rule
from ivr.lint.speech import (
    net_too_wide,
    same_example,
    same_topic,
    topic_collision,
    topic_thin,
    topic_unknown,
    topic_unreached,
    topic_unused,
    word_beats_example,
    word_beats_word,
)
from ivr.lint.time import (
    clock_without_hours,
    days_do_not_pause,
    days_past,
    holidays_unknown,
    hours_in_words,
    hours_reversed,
    minute_before_midnight,
    never_open,
    open_and_closed,
    unknown_clock,
    unknown_hours,
)

_FILES: Mapping[str, tuple[ModuleType, ...]] = {
    "Where a call would go wrong": (
        unknown_target, unknown_flow, flow_takes_values, flow_needs_run, dead_end, silence_loop, run_cycle,
        unhandled_outcome, unused_outcome, unreachable_step, unreachable_flow, unknown_destination, no_number,
        not_phoned, far_from_person, give_up_loses_caller, unknown_in_promise, not_built,
    ),
    "Menus": (
        shortcut_key, same_choice, missing_is, same_words, bad_net, urgent_words,
        too_many_hints, key_not_said, key_not_announced, key_not_accepted,
        key_said_twice, announce_without_key, yes_no_keys, yes_no_words,
        too_many_choices, no_choice, no_way_back,
    ),
    "What callers say": (
        topic_unknown, topic_unused, same_topic, same_example, topic_collision, topic_thin, topic_unreached,
        word_beats_example, word_beats_word, net_too_wide,
    ),
    "Prompts and languages": (
        missing_language, unknown_language, unknown_prompt, unknown_placeholder, unknown_format, stray_brace,
        uneven_placeholders, missing_format, wrong_format, read_as_number, prompt_too_long, sentence_too_long,
        unknown_voice, unknown_tag, voice_language, other_script, doubled_stop, two_prepositions, unclear_not_said,
        markup_in_words,
    ),
    "Values": (
        unknown_value, value_not_saved, unused_value, missing_value, unwanted_value, two_types, wrong_type, never_holds,
        looks_sensitive, sensitive_confirmed, sensitive_spoken, sensitive_on_case, spoken_unconfirmed,
        no_country,
    ),
    "Time": (unknown_hours, unknown_clock, clock_without_hours, days_do_not_pause, never_open, minute_before_midnight,
             hours_reversed, hours_in_words, open_and_closed, days_past, holidays_unknown),
    "Cases": (complaint_too_deep, complaint_without_case, case_without_contact, case_without_clock,
              due_without_clock, urgent_without_clock, triage_never_fits),
    "Calls to customers": (
        outgoing_flow, follow_up_flow, outgoing_unused, outgoing_name, outgoing_from, outgoing_hours, outside_outgoing,
        no_result, two_results, matter_before_person, note_number, long_greeting,
    ),
    "Limits": (limit_in_reach, limit_leads_round, network_limit, message_past_limit),
}  # fmt: skip
BY_SUBJECT: Mapping[str, tuple[Rule, ...]] = {
    subject: tuple(file.RULE for file in files) for subject, files in _FILES.items()
}
"""The rules by the headings of docs/rules.md."""
RULES: tuple[Rule, ...] = tuple(rule for rules in BY_SUBJECT.values() for rule in rules)
