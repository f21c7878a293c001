"""The pytest plugin: no cost where there is no fixture; names, -k, --lf and several processes where there are some."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import ivr.cli.shared.in_process_hotline  # noqa: F401  runs in this process would import it, and throw it away, one by one

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
GOOD = "call: 普通话的来电者什么也不说\nat: 2026-03-02T14:00+08:00\nturns: [{press: 1}, hang up]\n"
ENDS = "ends: {disposition: abandoned, case: no}\n"
BAD = "call: wrong words\nat: 2026-03-02T14:00+08:00\nturns: [{press: 1}, {hear: 请按4, press: 2}]\n"


@pytest.fixture
def calls(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with two fixtures, one of them wrong."""
    shutil.copytree(ROOT / "flows", pytester.path / "flows")
    (pytester.path / "calls").mkdir()
    (pytester.path / "calls" / "沉默.call.yaml").write_text(GOOD + ENDS, encoding="utf-8")
    (pytester.path / "calls" / "wrong.call.yaml").write_text(BAD + ENDS, encoding="utf-8")
    return pytester


def rewrite(calls: pytest.Pytester, name: str, old: str, new: str) -> None:
    path = calls.path / "calls" / f"{name}.call.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_a_fixture_nothing_of_ivr_is_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_modules():
            ours = {name for name in sys.modules if name.split(".")[0] in ("ivr", "webhooks")}
            assert ours == {"ivr", "ivr.cli", "ivr.cli.pytest_hotlines", "ivr.replay", "ivr.replay.pytest_plugin"}
            assert not {"flask", "sqlalchemy", "pydantic", "msgspec", "yaml", "click"} & set(sys.modules)
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_without_hotlines_fixtures_run_through_the_bare_engine(calls: pytest.Pytester) -> None:
    calls.makeconftest(
        """
        import sys

        def pytest_sessionfinish():
            print("webhooks loaded:", "webhooks" in sys.modules)
        """
    )

    alone, both = calls.runpytest_subprocess("-s", "-p", "no:ivr_hotlines"), calls.runpytest_subprocess("-s")

    for done, loaded in ((alone, False), (both, True)):
        done.assert_outcomes(passed=1, failed=1)
        done.stdout.fnmatch_lines([f"*webhooks loaded: {loaded}"])


def test_a_failure_is_told_in_the_language_of_ivr_lang(calls: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_LANG", "zh-CN")

    done = calls.runpytest_inprocess()

    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["calls/wrong.call.yaml:3：应当听到“请按4”，实际听到“为提升服务质量*"])


def test_a_failure_is_one_line_and_the_dialogue_so_far(calls: pytest.Pytester) -> None:
    done = calls.runpytest_inprocess()

    done.assert_outcomes(passed=1, failed=1)
    shown = done.outlines[done.outlines.index(next(line for line in done.outlines if "call wrong" in line)) + 1 :]
    assert shown[0].startswith('calls/wrong.call.yaml:3: expected to hear "请按4", heard "为提升服务质量')
    assert shown[1:4] == [
        "    欢迎致电示例银行。普通话请按1。",
        "    Welcome to Illustrative Bank. For English, press 2.",
        "    > press 1",
    ]
    assert "Traceback" not in done.stdout.str() and ".py:" not in done.stdout.str()


def test_a_mistake_in_the_file_is_a_line(calls: pytest.Pytester) -> None:
    rewrite(calls, "wrong", "press: 2", "pres: 2")

    done = calls.runpytest_inprocess()

    said = 'calls/wrong.call.yaml:3:33: error unknown-key: there is no key "pres" here. Did you mean "press"?'
    done.assert_outcomes(passed=1, failed=1)
    assert said in done.outlines


def test_a_folder_of_flows_that_is_not_there_is_a_line(calls: pytest.Pytester) -> None:
    rewrite(calls, "wrong", "call: wrong words", "call: wrong words\nflows: nowhere")

    done = calls.runpytest_inprocess("-k", "wrong")

    folder = calls.path / "calls" / "nowhere"
    said = f'there is no folder "{folder}" with flows. IVR_FLOWS names it, and `ivr new hotline` makes an example.'
    assert f"calls/wrong.call.yaml:2: {said}" in done.outlines


@pytest.mark.parametrize("words", ["沉默", "什么也不说", "普通话 and not wrong"])
def test_a_call_is_found_by_its_file_s_name_and_by_its_sentence(calls: pytest.Pytester, words: str) -> None:
    done = calls.runpytest_inprocess("-k", words, "--collect-only", "-q")

    assert done.outlines[0] == "calls/沉默.call.yaml::沉默"
    assert "1/2 tests collected (1 deselected)" in done.outlines[-1]


@pytest.mark.parametrize(("words", "name"), [("请按4", "wrong"), ("请按4 or 没有", "wrong"), ("投诉", "沉默")])
def test_a_call_is_found_by_what_is_heard_and_said_in_it(calls: pytest.Pytester, words: str, name: str) -> None:
    rewrite(calls, "沉默", "hang up]", "{speak: 我要投诉}, hang up]")

    done = calls.runpytest_inprocess("-k", words, "--collect-only", "-q")

    assert done.outlines[0] == f"calls/{name}.call.yaml::{name}"
    assert "1/2 tests collected (1 deselected)" in done.outlines[-1]


def test_the_last_failures_are_run_again(calls: pytest.Pytester) -> None:
    rewrite(calls, "沉默", "{press: 1}", "{hear: 无, press: 1}")
    rewrite(calls, "wrong", "{hear: 请按4, press: 2}", "hang up")
    calls.runpytest_inprocess().assert_outcomes(passed=1, failed=1)

    calls.runpytest_inprocess("--lf").assert_outcomes(failed=1)


def test_several_processes_come_to_the_same(calls: pytest.Pytester) -> None:
    done = calls.runpytest_subprocess("-n", "2")

    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(['calls/wrong.call.yaml:3: expected to hear "请按4"*'])
