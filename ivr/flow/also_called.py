"""What people who write their first flow call things: the kinds and keys that were meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_KINDS = {
    "say": "prompt, text, speak, play, message, tts, announce, audio, words, 播放, 播报",
    "menu": "options, select, question, gather, dtmf, choose, 菜单",
    "yes_no": "confirm, ask_yes_no, boolean, yesno",
    "collect": "input, ask, enter, entry, digits, read, get_digits, 输入",
    "record": "voicemail, recording, leave_message, 录音",
    "branch": "if, switch, condition, when, else, decide, 判断",
    "hours": "time, schedule, opening_hours, open, calendar, 营业时间",
    "set": "assign, variable, let",
    "run": "flow, subflow, include, goto, gosub, call_flow",
    "transfer": "dial, forward, connect, agent, queue, operator, call, 转接, 转人工",
    "hangup": "end, exit, goodbye, hang_up, finish, bye, 挂断",
}
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
_MEANT_KINDS = {called: kind for kind, names in _KINDS.items() for called in names.split(", ")}


def kind_meant(word: str) -> str:
    """The kind of step somebody meant who calls it otherwise, or nothing."""
    return _MEANT_KINDS.get(word.lower(), "")


def key_meant(word: str, known: Iterable[str], written: Mapping[str, object]) -> str:
    """Of the keys known at a place, the one somebody meant who calls it otherwise; none that stands there already."""
    plain = word.lower().replace("-", "_").replace(" ", "_")
    return next((key for key in known if key not in written and plain in _KEYS.get(key, "").split(", ")), "")
