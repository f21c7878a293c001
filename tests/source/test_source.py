from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from work import calls_made

from ivr.errors import Finding
from ivr.source import tree
from ivr.source.yaml_file import Source, read_source

FLOWS = sorted((Path(__file__).parents[2] / "flows").glob("*.yaml"))


@pytest.fixture(params=["with libyaml", "without libyaml"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test runs on the fast loader and on the one in Python: they word their errors differently."""
    fast = request.param == "with libyaml"
    if fast and not hasattr(yaml, "CBaseLoader"):
        pytest.skip("this PyYAML was built without libyaml")
    monkeypatch.setattr(tree, "Loader", yaml.CBaseLoader if fast else yaml.BaseLoader)
    return str(request.param)


def read(text: str | bytes) -> Source:
    return read_source("main.yaml", text if isinstance(text, bytes) else text.encode())


def only(source: Source) -> Finding:
    assert len(source.findings) == 1, source.findings
    return source.findings[0]


def expect(text: str | bytes, code: str, line: int, column: int, telling: str) -> Source:
    """The text has one mistake: this one, here, and said so."""
    source = read(text)
    found = only(source)
    assert (found.code, found.line, found.column) == (code, line, column), found
    assert telling in f"{found.message} {found.hint}", found
    assert found.file == "main.yaml"
    return source


def codes(source: Source) -> list[tuple[str, int]]:
    return [(found.code, found.line) for found in source.findings]


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.name)
def test_a_shipped_flow_is_read_without_a_finding(file: Path) -> None:
    source = read(file.read_bytes())

    assert source.findings == []
    assert source.data == yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506


@pytest.mark.parametrize(
    "written",
    ["no", "on", "yes", "off", "~", "null", "22:00", "9:00", "00:00-24:00", "2026-10-01", "40%", "="]
    + ["08", "010", "0x1F", "0b1", "1e3", ".5", "-1", "1_000", "95594", "+8610"],
)
def test_what_is_written_as_a_value_is_read_as_text(written: str) -> None:
    source = read(f"key: {written}\nlist: [{written}, b]\n")

    assert source.findings == []
    assert source.data == {"key": written, "list": [written, "b"]}


def test_keys_that_look_like_numbers_or_booleans_are_text() -> None:
    source = read("no: a\nyes: b\non: c\n0: d\n010: e\n22:00: f\n")

    assert source.findings == []
    assert list(source.data) == ["no", "yes", "on", "0", "010", "22:00"]


def test_star_and_hash_in_quotes_are_the_keys_star_and_pound() -> None:
    assert read("\"*\": a\n'#': b\n").data == {"star": "a", "pound": "b"}


@pytest.mark.parametrize(
    ("text", "line", "column", "key"),
    [
        ("flow: a\nflow: b\n", 2, 1, '"flow"'),
        ('choices:\n  1: a\n  "1": b\n', 3, 3, '"1"'),
        ('choices:\n  star: a\n  "*": b\n', 3, 3, '"star"'),
        ('choices: {0: a, "0": b}\n', 1, 17, '"0"'),
    ],
)
def test_a_key_written_twice_is_refused(text: str, line: int, column: int, key: str) -> None:
    source = expect(text, "duplicate-key", line, column, key)

    assert "The first is on line" in source.findings[0].message


def test_the_first_of_two_keys_is_kept_and_the_second_looked_through_all_the_same() -> None:
    source = read("a:\n  b: 1\na:\n  c: 2\n  c: 3\n")

    assert codes(source) == [("duplicate-key", 3), ("duplicate-key", 5)]
    assert source.data == {"a": {"b": "1"}}


def test_places_count_from_one_in_characters() -> None:
    source = read("zh: 您好, 😀\nlist: [一, {键: 值}]\n")

    assert source.place(("zh",)).column == 5
    assert (source.place(("list", 1, "键")).line, source.place(("list", 1, "键")).column) == (2, 15)
    assert (source.key_place(("list", 1, "键")).column, source.key_place(("list", 1, "键")).end_column) == (12, 13)
    assert source.place(("list", 1)).end_column == 17


# YAML's own marks


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "telling"),
    [
        ("a: &x b\n", "anchor", 1, 4, '"&x"'),
        ("a: &x [b]\n", "anchor", 1, 4, '"&x"'),
        ("a: b\nc: *a\n", "alias", 2, 4, '"*a"'),
        ("a: !!binary aGk=\n", "tag", 1, 4, '"!!binary"'),
        ("a: !!map {b: c}\n", "tag", 1, 4, '"!!map"'),
        ("a: ! b\n", "tag", 1, 4, '"!"'),
        ("%TAG ! x\n---\na: b\n", "tag", 1, 1, "%TAG"),
        ("a:\n  <<: b\n", "merge-key", 2, 3, "Write the keys out"),
        ("a: b\n---\nc: d\n", "several-documents", 2, 1, "a file of its own"),
        ("a: b\n...\nc: d\n", "several-documents", 3, 1, "a file of its own"),
        ("[a]: b\n", "key-not-text", 1, 1, "double quotes"),
        ("a:\n  {label}: b\n", "key-not-text", 2, 3, "double quotes"),
        (": b\n", "empty-key", 1, 1, "a key is missing"),
        ('"": b\n', "empty-key", 1, 1, "a key is missing"),
    ],
)
def test_what_only_yaml_needs_is_refused(text: str, code: str, line: int, column: int, telling: str) -> None:
    expect(text, code, line, column, telling)


def test_every_alias_of_a_bomb_is_named_and_none_is_followed() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    bomb = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairs)

    source = read(bomb)

    assert [found.code for found in source.findings].count("alias") == 16
    assert source.data["i"] == ["*h", "*h"]


def test_a_version_line_and_a_first_document_mark_are_read() -> None:
    assert read("%YAML 1.1\n---\na: b\n...\n").data == {"a": "b"}


# Whole files


@pytest.mark.parametrize(
    ("raw", "code", "line", "column", "telling"),
    [
        (b"", "empty-file", 1, 1, "empty"),
        (b"\xef\xbb\xbf \n", "empty-file", 1, 1, "empty"),
        (b"# only\n# comments\n", "empty-file", 1, 1, "comment"),
        (b"---\n", "empty-file", 1, 1, "empty"),
        (b"- a\n- b\n", "not-a-mapping", 1, 1, "a list"),
        (b"hello\n", "not-a-mapping", 1, 1, "one text"),
        (b"a: b\n" * 250_000, "too-large", 1, 1, "1,250,000 bytes"),
        ("flow: 主\n".encode("utf-16"), "not-utf-8", 1, 1, "UTF-16"),
        ("flow: main\n".encode("utf-16-le"), "not-utf-8", 1, 1, "UTF-16"),
        ("flow: main\n".encode("utf-16-be"), "not-utf-8", 1, 1, "UTF-16"),
        ("flow: a\ntitle: 您好世界\n".encode("gbk"), "not-utf-8", 2, 8, "GBK"),
        ("a: 好\nb: café au\n".encode("latin-1", "replace"), "not-utf-8", 2, 7, "Save the file as UTF-8"),
        ("键: 好".encode() + b"\xff\n", "not-utf-8", 1, 5, "UTF-8"),
        (b"a: b\nc: \x00d\n", "not-text", 2, 4, "zero byte"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", "not-text", 3, 1, "not text"),
    ],
)
def test_a_file_that_is_no_flow_is_refused(raw: bytes, code: str, line: int, column: int, telling: str) -> None:
    assert expect(raw, code, line, column, telling).data is None


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa: b\nc: d\n", b"a: b\r\nc: d\r\n", b"a: b\rc: d", b"\n\na: b\r\nc: d"])
def test_a_byte_order_mark_and_any_line_ends_are_read(raw: bytes) -> None:
    source = read(raw)

    assert source.findings == []
    assert source.data == {"a": "b", "c": "d"}


def test_lines_are_counted_alike_with_any_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert codes(read(f"a: b{end}{end}# c{end}a: d{end}")) == [("duplicate-key", 4)]


@pytest.mark.parametrize(
    ("text", "code", "column", "telling"),
    [
        ("a: b\x07c\n", "control-character", 5, "U+0007"),
        ("a: b\x7f\n", "control-character", 5, "U+007F"),
        ("a: b\u2028c\n", "odd-line-break", 5, "U+2028"),
        ("a: b\x85\n", "odd-line-break", 5, "U+0085"),
        ("ne\u200bxt: b\n", "invisible-character", 3, "zero width space"),
        ("next: b\ufeff\n", "invisible-character", 8, "U+FEFF"),
        ("next: \u202eb\n", "invisible-character", 7, "right-to-left override"),
        ("a: b\ufffd\n", "damaged-text", 5, "UTF-8"),
        ('a: "\\0"\n', "control-character", 4, "escape"),
        ('a: "b\\x07"\n', "control-character", 4, "escape"),
    ],
)
def test_a_character_nobody_sees_is_refused(text: str, code: str, column: int, telling: str) -> None:
    expect(text, code, 1, column, telling)


def test_a_file_may_be_twenty_levels_deep_and_no_deeper() -> None:
    def nested(levels: int) -> str:
        return "".join("  " * level + "a:\n" for level in range(levels - 1)) + "  " * (levels - 1) + "a: b\n"

    assert read(nested(20)).findings == []
    assert expect(nested(21), "too-deep", 21, 41, "20 levels").data is None


@pytest.mark.parametrize("text", ["[" * 900_000, "{a: " * 200_000, "- " * 400_000, "[[[[" * 5 + "]]]]" * 5])
def test_a_hopelessly_deep_file_is_given_up_at_once(text: str) -> None:
    sources: list[Source] = []

    work = calls_made(lambda: sources.append(read(text)))

    assert sources[0].findings[0].code == "too-deep" or len(text) < 100
    assert work < len(text) / 10 + 10_000


def test_ten_megabytes_are_refused_unread() -> None:
    large = b"[" * 10_000_000

    expect(large, "too-large", 1, 1, "10,000,000 bytes")
    assert calls_made(lambda: read(large)) < 100


@pytest.mark.parametrize(
    "text", ["a: b\n", "a：b\n", "a:b: c\n", 'a: "\n', "a: {\n", "x: {a, ", "\ta\n", "#:\n", "a: *b\n", "a: 好\n  好\n"]
)
def test_the_same_mistake_a_thousand_times_is_listed_a_hundred_times_at_most(text: str) -> None:
    source = read(text * 1000)

    assert len(source.findings) <= 101
    if len(source.findings) == 101:
        assert "more mistakes" in source.findings[-1].message


# Text that YAML takes for syntax


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "telling"),
    [
        ("t: {zh-CN: 好, en-US: Wait, please}\n", "comma-in-braces", 1, 28, "Put each language on its own line"),
        ("t: {zh: 编号{x}，谢谢}\n", "braces-in-text", 1, 11, "needs quotes"),
        ("say:\n  zh-CN: {label}请按{key}\n", "braces-in-text", 2, 17, "needs quotes"),
        ("say:\n  zh-CN: {label}\n", "braces-in-text", 2, 11, "double quotes"),
        ("say:\n  zh-CN: [普通话] 请按1\n", "braces-in-text", 2, 16, "needs quotes"),
        ("say:\n  en-US: Note: press 1\n", "colon-in-text", 2, 14, "double quotes"),
        ("say:\n  en-US: Note:\n  zh-CN: 好\n", "colon-in-text", 2, 14, "double quotes"),
        ("t: {en-US: Note: press 1}\n", "colon-in-text", 1, 16, "double quotes"),
        ('say:\n  zh-CN: "您好"，请按1\n', "quote-in-text", 2, 14, "「」"),
        ("say:\n  en-US: 'Don't press'\n", "quote-in-text", 2, 15, "double quotes"),
        ('say:\n  en-US: "a \\d"\n', "bad-escape", 2, 13, "backslash"),
        ("t: {x:y, z: w}\n", "no-blank", 1, 5, '"x:"'),
        ("next:a\nb: c\n", "no-blank", 1, 5, '"next:"'),
        ("choices:\n  1:{label: x}\n", "no-blank", 2, 3, '"1:"'),
        ("say:\n  zh-CN:您好\nb: c\n", "no-blank", 2, 8, '"zh-CN:"'),
        ("steps:\n  -next: a\n", "no-blank", 2, 3, "dash"),
    ],
)
def test_text_that_yaml_takes_for_syntax_is_refused_with_the_fix(
    text: str, code: str, line: int, column: int, telling: str
) -> None:
    expect(text, code, line, column, telling)


def test_text_torn_by_a_comma_in_braces_is_read_as_it_was_meant() -> None:
    source = read("t: {en-US: Wait, please, now, zh-CN: 好}\n")

    assert codes(source) == [("comma-in-braces", 1)] * 2
    assert source.data == {"t": {"en-US": "Wait, please, now", "zh-CN": "好"}}


def test_a_question_in_braces_is_read_or_refused_with_the_fix(loader: str) -> None:
    text = "t: {zh-CN: 好, en-US: Shall we?}\n"

    if loader == "with libyaml":
        assert read(text).data == {"t": {"zh-CN": "好", "en-US": "Shall we?"}}
    else:
        expect(text, "comma-in-braces", 1, 30, "on its own line")


@pytest.mark.parametrize("text", ["set: {phone: {caller.phone}}\n", "with: {a: {b}, c: {d.e}}\n", "note: {number}\n"])
def test_one_name_in_braces_is_a_value(text: str) -> None:
    assert read(text).findings == []


@pytest.mark.parametrize("sign", ["@", "`", "%", "*", "&", "|", ">", ",", "]", "}", "-", "?"])
def test_text_that_begins_with_a_sign_of_yaml_is_to_be_quoted(sign: str) -> None:
    expect(f"a: b\nen-US: {sign} press\nc: d\n", "reserved-character", 2, 8, "double quotes")


def test_text_that_begins_with_a_star_is_to_be_quoted() -> None:
    expect("say:\n  en-US: *press 1\n", "reserved-character", 2, 10, "double quotes")


def test_the_key_star_unquoted_is_refused_with_its_name() -> None:
    expect("choices:\n  1: a\n  *: {next: b}\n", "star-key", 3, 3, "Write star:")
    expect("choices: {1: a, *: b}\n", "star-key", 1, 17, "Write star:")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("choices:\n  1: a\n  #: {next: b}\n", 3, 3),
        ("choices: {\n  1: a,\n  #: b\n}\n", 3, 3),
        ("choices: {1: a, #: {next: b}}\nc: d\n", 1, 17),
    ],
)
def test_the_key_hash_unquoted_is_refused_with_its_name(text: str, line: int, column: int) -> None:
    expect(text, "comment-as-choice", line, column, "pound:")


def test_a_comment_that_looks_like_a_choice_inside_a_text_is_text() -> None:
    source = read('say: |\n  #: one\n  #: two\nen-US: "a\n  #: b"\n# a note: c\n#1: off\n')

    assert source.findings == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("say:\n  en-US: press 1 or press # to finish\n", 2, 27),
        ("say:\n  zh-CN: 请按1 #井号\n", 2, 14),
        ("say:\n  en-US: # to finish\n", 2, 10),
        ("say:\n  en-US: press 1\n    or # to\n", 3, 8),
        ("say:\n  zh-CN: {text: 请按 #\n    , audio: a.wav}\n", 2, 20),
        ("words:\n  - press #\n", 2, 11),
        ("whisper: line # 1\n", 1, 15),
        ("with:\n  subject: card #2\n", 2, 17),
        ("languages:\n  zh-CN:\n    announce: 按 #\n", 3, 17),
        ("t: {zh-CN: 按 # 键}\nb: c\n", 1, 14),
    ],
)
def test_a_comment_directly_behind_words_that_are_spoken_is_refused(text: str, line: int, column: int) -> None:
    expect(text, "comment-in-text", line, column, '"pound"')


@pytest.mark.parametrize(
    "text",
    [
        "next: a # fine\n",
        "wait: 5s   #fine\n",
        "intake: complaint  # a caller who hangs up\n",
        "languages:\n  zh-CN:\n    wait: 6s # fine\n",
        'say:\n  en-US: "press #" # fine\n',
        "say:\n  # fine\n  en-US: press#1\n",
        "hours:\n  open:\n    mon-fri: 08:30-20:00 # fine\n",
        "set: {phone: {x}} # fine\n",
    ],
)
def test_other_comments_are_comments(text: str) -> None:
    assert read(text).findings == []


# Quotes and brackets left open


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "telling"),
    [
        ('a: b\nc: "Hello\nd: e\n', "unclosed-quote", 2, 4, "never closed"),
        ("a: b\nc: 'Hello\nd: e\n", "unclosed-quote", 2, 4, "never closed"),
        ('a: "Hello\nb: c\nd: "x"\ne: f\n', "unclosed-quote", 1, 4, "line 3"),
        ('a: "Hello\nb: "\nc: d\n', "unclosed-quote", 1, 4, "line 2"),
        ("a: {x: y, z: w\nb: c\n", "unclosed-bracket", 1, 4, "Write }"),
        ("a: [x, y\nb: c\n", "unclosed-bracket", 1, 4, "Write ]"),
        ("a: b\nc: {x: y\n", "unclosed-bracket", 2, 4, "Write }"),
        ("a: b\nc: [x,", "unclosed-bracket", 2, 4, "Write ]"),
        ("a: [x]]\nb: c\n", "stray-bracket", 1, 7, "closes nothing"),
        ("a: {x: y}}\nb: c\n", "stray-bracket", 1, 10, "closes nothing"),
    ],
)
def test_an_open_quote_or_bracket_is_named_where_it_opens(
    text: str, code: str, line: int, column: int, telling: str
) -> None:
    assert read(text).data is None or code == "unclosed-quote"
    expect(text, code, line, column, telling)


# Indentation


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "telling"),
    [
        ("a:\n\tb: c\n", "tab", 2, 1, "blanks"),
        ("a:\n  b: c\n \td: e\n", "tab", 3, 2, "blanks"),
        ("a:\n\tb:\n\t\tc: d\n", "tab", 2, 1, "1 more"),
        ("a:\n\u3000\u3000b: c\n", "wide-blank", 2, 1, "space bar"),
        ("a:\n  b: c\n\u00a0 d: e\n", "wide-blank", 3, 1, "space bar"),
        ("next: \u3000a\n", "wide-blank", 1, 7, "space bar"),
        ("a:\n  b: c\n   d: e\n", "bad-indent", 3, 4, "deeper"),
        ("s:\n  a:\n    b: c\n  d: e\n    f: g\n    h: i\n", "bad-indent", 4, 3, "Begin it in column 5"),
        ("s:\n  a:\n    b: {c: d}\n\n # x\n  d: e\n    f:\n      h: i\n", "bad-indent", 6, 3, "less deep"),
        ("a:\n    b: c\n  d: e\n", "bad-indent", 3, 3, "none of the lines above"),
        ("- a\nb: c\n", "bad-indent", 2, 1, "none of the lines above"),
        ("a: b\nfoo\nc: d\n", "no-colon", 2, 1, "no key"),
    ],
)
def test_a_line_at_no_level_is_refused(text: str, code: str, line: int, column: int, telling: str) -> None:
    expect(text, code, line, column, telling)


# Full-width punctuation


@pytest.mark.parametrize(
    ("text", "line", "column", "telling"),
    [
        ("a: b\nnext： c\nd: e\n", 2, 5, "Write next:"),
        ("next：c\nd: e\n", 1, 5, "Write next:"),
        ("a: b\nnext： c\n", 2, 5, "Write next:"),
        ("steps：\n  a: b\n", 1, 6, "Write steps:"),
        ("say:\n  zh-CN： 您好\nb: c\n", 2, 8, "Write zh-CN:"),
        ("t: {zh-CN： 好, en-US: x}\n", 1, 5, "Write zh-CN:"),
        ("t: {zh-CN：好}\n", 1, 5, "Write zh-CN:"),
        ("a: {tries: 2， next: b}\n", 1, 13, "Write ,"),
        ("words: [信用卡，借记卡]\n", 1, 9, "Write ,"),
        ("with: [product、 story]\n", 1, 8, "Write ,"),
        ("save: “product”\n", 1, 7, "curly quotes"),
        ("“1”: a\n", 1, 1, "Write 1"),
        ("choices:\n  １: a\n", 2, 3, "Write 1"),
        ("choices:\n  ＊: a\n", 2, 3, "Write star"),
        ("choices:\n  ＃: a\n", 2, 3, "Write pound"),
        ("choices: {１: a}\n", 1, 11, "Write 1"),
        ("wait: ５s\n", 1, 7, "Write 5s"),
        ("open: ０８：３０－２０：００\n", 1, 7, "Write 08:30-20:00"),
        ("with: ［a，b］\n", 1, 7, "Write [ ]"),
        ("a: ｛b｝\n", 1, 4, "Write {b}"),
        ("say:\n  zh-CN: 编号｛case.number：digits｝。\n", 2, 10, "Write {case.number:digits}"),
        ('say:\n  zh-CN: "{number：digits}"\n', 2, 10, "Write {number:digits}"),
    ],
)
def test_full_width_punctuation_used_as_syntax_is_refused(text: str, line: int, column: int, telling: str) -> None:
    source = read(text)

    first = source.findings[0]
    assert {found.line for found in source.findings} == {line}
    assert (first.code, first.column) == ("full-width", column), first
    assert telling in f"{first.message} {first.hint}"


def test_every_key_with_a_full_width_colon_is_named() -> None:
    source = read("say:\n  zh-CN： 您好\n  en-US： Hello\nnext: a\n")

    assert codes(source) == [("full-width", 2), ("full-width", 3)]


@pytest.mark.parametrize(
    "words",
    ["注意：请按1，或按2。", "“您好”，请按1", "请说“是”", "【通知】今天休息", "１分最低，５分最高"]
    + ["【通知】", '请说"是"或"否"', "(press 1)", "编号是{case.number:digits}。", "https://example.org"],
)
def test_full_width_punctuation_in_a_text_is_text(words: str) -> None:
    source = read(f"say:\n  zh-CN: {words}\nnext: a\n")

    assert source.findings == []
    assert source.data["say"] == {"zh-CN": words}


def test_what_was_typed_in_full_width_is_read_as_it_was_meant() -> None:
    source = read("wait: ５s\nchoices:\n  ＊: “a”\nwith: [a， b]\n")

    assert source.data == {"wait": "5s", "choices": {"star": "a"}, "with": ["a", "b"]}


# Lines joined


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("您好，\n    请按1", "您好，请按1"),
        ("您好\n    请按\n    1 键", "您好请按 1 键"),
        ('"您好\n    请按1"', "您好请按1"),
        ("'您好\n    请按1'", "您好请按1"),
        (">-\n    您好\n    请按1", "您好请按1"),
        ("|-\n    您好\n    请按1", "您好\n请按1"),
        ("您好\n\n    请按1", "您好\n请按1"),
        ("他说“好”\n    再见", "他说“好”再见"),
        ("您好 请按1", "您好 请按1"),
        ("こん\n    にちは", "こんにちは"),
        ("Hello\n    there", "Hello there"),
        ("안녕\n    하세요", "안녕 하세요"),
    ],
)
def test_lines_are_joined_as_their_language_joins_them(written: str, read_as: str) -> None:
    for end in ("\n", "\r\n"):
        source = read(f"say:\n  x-XX: {written}\nnext: a\n".replace("\n", end))

        assert source.findings == []
        assert source.data == {"say": {"x-XX": read_as}, "next": "a"}


# All at once


def test_all_mistakes_of_a_file_are_said_at_once_and_in_order() -> None:
    source = read(
        "flow： x\n"
        "steps:\n"
        "  a:\n"
        "    say:\n"
        "      en-US: Note: press 1\n"
        '      zh-CN: "您好"，请按1\n'
        "    next: @x\n"
        "  *: y\n"
        "  b:\n"
        "    next: c\n"
        "    next: d\n"
        "   bad: z\n"
        "  c: {x: y\n"
        "  d:\n"
        "    say: {zh: 编号{x}，谢谢}\n"
        "    whisper: press # now\n"
    )

    assert source.data is None
    assert codes(source) == [
        ("full-width", 1),
        ("colon-in-text", 5),
        ("quote-in-text", 6),
        ("reserved-character", 7),
        ("star-key", 8),
        ("duplicate-key", 11),
        ("bad-indent", 12),
        ("unclosed-bracket", 13),
        ("braces-in-text", 15),
        ("comment-in-text", 16),
    ]


def test_two_open_quotes_are_both_found() -> None:
    source = read('a:\n  en-US: "Hello\n  zh-CN: "您好"\n  next: b\nb:\n  next: "c\n')

    assert codes(source) == [("unclosed-quote", 2), ("unclosed-quote", 6)]


def test_no_spoiled_flow_makes_the_reader_fail() -> None:
    signs = list("：，“”{}[]#*&!|>%@`\"'\t\r\n:-?, \u3000\u2028\x00\x07\ufeff好\ue000~\\｛｝１")
    signs += ["\n---\n", "#:", "{x}", "<<: *a\n"]
    dice = random.Random(7)
    texts = [file.read_text(encoding="utf-8") for file in FLOWS]
    for _ in range(300):
        text = dice.choice(texts)
        start = dice.randrange(len(text))
        text = text[start : start + dice.choice((50, 400, 2000))]
        for _ in range(dice.choice((1, 3, 20))):
            at = dice.randrange(len(text) + 1)
            text = text[:at] + dice.choice(signs) + text[at + dice.randrange(2) :]

        source = read(text)

        assert source.data is not None or source.findings
        assert all(found.line >= 1 and found.column >= 1 and found.message for found in source.findings)


def test_times_in_braces_torn_by_a_comma_are_to_be_quoted_whole() -> None:
    source = read_source("hotline.yaml", b"open: {mon-sun: 22:00-06:00, 07:00-08:00}\n")

    assert [(found.code, found.hint) for found in source.findings] == [
        ("comma-in-braces", 'A comma inside { } ended the times. Quote them: mon-sun: "22:00-06:00, 07:00-08:00".')
    ]
    assert source.data == {"open": {"mon-sun": "22:00-06:00, 07:00-08:00"}}
