"""How `ivr lint` shows what it found: to people, to a workflow, to review tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from work import calls_made

from ivr.errors import Finding
from ivr.lint.formats.github import commands
from ivr.lint.formats.sarif import sarif
from ivr.lint.formats.text import WIDEST, report_lines, width

LINE = "      2: {label: {zh-CN: 投诉}, next: complaintt}"


def found(line: str, word: str, *, known: bool = True) -> tuple[Finding, dict[str, bytes]]:
    """A finding at a word of the only line of a file."""
    column = line.index(word) + 1
    end = column + len(word) if known else 0
    return Finding("main.yaml", 1, column, "unknown-target", "error", "no such step.", "", end), {
        "main.yaml": line.encode()
    }


def under(line: str, word: str, *, known: bool = True) -> tuple[str, str]:
    """What is printed below the sentence: the line, and the marks under it."""
    finding, texts = found(line, word, known=known)
    _, source, marks = report_lines([finding], texts)
    return source, marks


# -- text


def test_the_sentence_is_followed_by_its_line_and_marks_under_the_word() -> None:
    finding, texts = found(LINE, "complaintt")

    lines = list(report_lines([finding], texts))

    assert lines == [
        "main.yaml:1:37: error unknown-target: no such step.",
        "    1 |       2: {label: {zh-CN: 投诉}, next: complaintt}",
        "      |                                       ^^^^^^^^^^",
    ]


def test_the_marks_stand_right_under_a_word_behind_wide_characters() -> None:
    source, marks = under(LINE, "complaintt")

    assert width(source[: source.index("complaintt")]) == marks.index("^")


def test_a_wide_word_is_marked_in_its_whole_width() -> None:
    _, marks = under("  say: 您好，world", "您好，")

    assert marks.count("^") == 6


def test_where_the_end_is_not_known_one_mark_stands_under_the_beginning() -> None:
    assert under(LINE, "next", known=False)[1].count("^") == 1


@pytest.mark.parametrize("word", ["FIRST", "MIDDLE", "LAST"])
def test_a_long_line_is_cut_around_the_place(word: str) -> None:
    line = f"FIRST{'投诉' * 100}MIDDLE{'x' * 200}LAST"

    source, marks = under(line, word)

    shown_at = source.index(word)
    assert width(source[:shown_at]) == marks.index("^")
    assert marks.count("^") == len(word)
    assert width(source) <= WIDEST + len("    1 | ……") + 2


def test_a_line_as_long_as_a_file_costs_no_more_than_what_is_shown() -> None:
    def work(long: int) -> int:
        finding, texts = found(f"{'好' * long}lost{'x' * long}", "lost")
        lines = list(report_lines([finding], texts))
        assert lines[1].count("…") == 2 and lines[2].count("^") == 4
        return calls_made(lambda: list(report_lines([finding] * 20, texts)))

    assert work(400_000) <= 1.1 * work(400)


def test_a_mark_set_on_a_letter_takes_no_column() -> None:
    source, marks = under("  say: cafe\u0301 lost", "lost")

    assert marks.index("^") == source.index("lost") - 1


def test_what_would_move_the_cursor_is_not_printed() -> None:
    source, marks = under("say: \x1b[31m\u202e\tlost", "lost")

    assert "\x1b" not in source and "\u202e" not in source and "\t" not in source
    assert marks.index("^") == source.index("lost")


@pytest.mark.parametrize("line", [0, 7])
def test_a_place_outside_of_the_file_is_told_without_a_line(line: int) -> None:
    finding = Finding("main.yaml", line or 1, 1, "missing-file", "error", "there is no hotline.yaml here.")

    assert len(list(report_lines([finding], {"main.yaml": b"\n" * line}))) == 1


# -- github


def test_a_workflow_command_names_file_line_and_columns() -> None:
    finding, _ = found(LINE, "complaintt")

    assert list(commands([finding])) == ["::error file=main.yaml,line=1,col=37,title=unknown-target::no such step."]


def test_a_workflow_command_escapes_what_would_end_it() -> None:
    finding = Finding("50%,a:b.yaml", 1, 2, "same-words", "warning", "100% of\nthem: a, b.", "Take one.")

    assert list(commands([finding])) == [
        "::warning file=50%25%2Ca%3Ab.yaml,line=1,col=2,title=same-words::100%25 of%0Athem: a, b. Take one."
    ]


# -- sarif


def test_sarif_has_one_run_whose_columns_count_code_points() -> None:
    finding, _ = found(LINE, "complaintt")

    whole = json.loads(sarif([finding]))

    assert whole["version"] == "2.1.0" and whole["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = whole["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "ivr"
    (result,) = run["results"]
    assert result["level"] == "error" and result["message"] == {"text": "no such step."}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "main.yaml"}
    assert place["region"] == {"startLine": 1, "startColumn": 37, "endColumn": 47}


def test_each_result_points_to_its_rule_also_where_no_rule_but_the_reader_found_it() -> None:
    ruled, _ = found(LINE, "complaintt")
    read = Finding("数据/main.yaml", 3, 1, "comma-in-braces", "error", "a comma.")

    (run,) = json.loads(sarif([ruled, read]))["runs"]

    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [ruled.code, read.code]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert rules[run["results"][0]["ruleIndex"]]["help"]["text"].startswith("Fix: ")
    uri = run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii() and uri.endswith("/main.yaml")


# -- the command


def broken(folder: Path) -> int:
    """Break a target of the front door; the line it stands in."""
    main = folder / "flows" / "main.yaml"
    before, after = main.read_text(encoding="utf-8").split("next: flow complaint\n")
    main.write_text(f"{before}next: flow complaintt\n{after}", "utf-8")
    return before.count("\n") + 1


def test_lint_shows_the_line_to_people(ivr, folder: Path) -> None:
    line = broken(folder)

    done = ivr("lint")

    assert done.returncode == 1
    sentence, source, marks, total = done.stdout.splitlines()
    assert sentence.startswith(f"flows/main.yaml:{line}:15: error unknown-target: ")
    assert source == f"  {line} |         next: flow complaintt"
    assert marks == "      |               ^^^^^^^^^^^^^^^"
    assert total == "11 files: 1 error, 0 warnings"


def test_lint_speaks_to_a_workflow_and_to_review_tools(ivr, folder: Path) -> None:
    line = broken(folder)

    github, as_sarif = ivr("lint", "--format", "github"), ivr("lint", "--format", "sarif")

    assert github.returncode == as_sarif.returncode == 1
    assert github.stdout.startswith(f"::error file=flows/main.yaml,line={line},col=15,")
    assert len(json.loads(as_sarif.stdout)["runs"][0]["results"]) == 1


def test_lint_asks_for_more_before_callers_hear_it(ivr, folder: Path) -> None:
    hotline = folder / "flows" / "hotline.yaml"
    text = hotline.read_text(encoding="utf-8")
    hotline.write_text(text.replace("Polly.Joanna-Neural", "Polly.Joana-Neural"), encoding="utf-8")

    draft, live = ivr("lint", "--strict"), ivr("lint", "--strict", "--profile", "live", "--format", "json")

    assert draft.returncode == 0, draft.stdout
    assert live.returncode == 1
    codes = {finding["code"] for finding in json.loads(live.stdout)["findings"]}
    assert "unknown-voice" in codes
