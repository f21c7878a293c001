"""What people who write their first flow call things: the kind or key that was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.steps.kinds import KINDS

_KEYS = {
    "when": "if, condition, test",
    "next": "goto, go_to, then, target, to, else, default, then_go_to, 下一步",
    "yes": "true, on_yes, y, 是",
    "no": "false, on_no, n, 否",
    "tries": "retries, attempts, retry, max_tries, times, repeat, 次数",
    "wait": "timeout, time_out, delay, seconds",
    "choices": "options, keys, items, menu, 选项",
    "words": "phrases, keywords, synonyms, speech_words, say, utterances",
    "save": "variable, store, into, save_to, name, 保存",
    "label": "title, text, description, caption, name",
    "is": "value, saves",
    "time_zone": "timezone, tz, zone, 时区",
    "country": "region, 国家",
    "confirm": "confirmation, verify",
    "no_input": "silence, on_silence, noinput, on_timeout",
    "no_match": "error, invalid, on_error, nomatch, wrong_key",
    "otherwise": "else, on_failure, failed",
    "at_most": "max, maximum, limit, max_length",
    "number": "phone, tel, telephone, 号码",
    "open": "days, hours, week",
    "closed_on": "closed, holidays_on, except",
    "turns": "steps, acts, call",
    "speak": "say, text",
    "press": "key, keys, dtmf, digits",
    "after": "wait, pause, delay",
}


def kind_meant(word: str) -> str:
    """The kind of step somebody meant who calls it otherwise, or nothing."""
    plain = word.lower()
    return next((name for name, fields in KINDS.items() if plain in fields.kind.also_called), "")


def key_meant(word: str, known: Iterable[str], written: Mapping[str, object]) -> str:
    """Of the keys known at a place, the one somebody meant who calls it otherwise; none that stands there already."""
    plain = word.lower().replace("-", "_").replace(" ", "_")
    return next((key for key in known if key not in written and plain in _KEYS.get(key, "").split(", ")), "")
