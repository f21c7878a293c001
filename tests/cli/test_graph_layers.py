"""What is laid over the picture of `ivr graph`: an edit, findings, coverage, traffic; and that no card moves for it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command_here import Run

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
CHOICE = "      6: {label: {zh-CN: 网点, en-US: branches}, next: branches}\n"
HOURS = """\
call: opening hours
at: 2026-03-02T14:00+08:00
turns: [{hear: 营业时间，请按1, press: 1}, hang up]
ends: {disposition: abandoned, case: no}
"""


class Drawn:
    """A picture as it was written: the places of its cards, and all its texts by their style."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg)
        self.cards = {group.get("id"): group.get("transform") for group in self.root.iter(f"{SVG}g") if group.get("id")}

    def texts(self, style: str) -> list[str]:
        return [each.text or "" for each in self.root.iter(f"{SVG}text") if style in (each.get("class") or "").split()]

    def marked(self, look: str) -> set[str]:
        """The cards with such an outline: those in whose place one is drawn."""
        found = set()
        for group in self.root.iter(f"{SVG}g"):
            if not group.get("id") and group.find(f".//{SVG}g[@class='m-{look}']/{SVG}rect") is not None:
                found |= {id for id, place in self.cards.items() if id and place == group.get("transform")}
        return {id.split(".", 1)[1] for id in found}

    def signs(self, look: str) -> int:
        return sum(each.get("class") == f"m-{look}" for each in self.root.iter(f"{SVG}g"))


@pytest.fixture
def ivr(ivr: Run) -> Run:
    """The command as somebody runs it who reads English; else a picture's words are in the hotline's first language."""
    return lambda *words, **options: ivr(*words, **{"IVR_LANG": "en", **options})


@pytest.fixture
def small(folder: Path) -> Path:
    """The small hotline instead of the shipped flows."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(ROOT / "docs" / "small", folder / "flows")
    return folder


def edit(folder: Path, file: str, *pairs: tuple[str, str]) -> None:
    path = folder / "flows" / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def place(folder: Path, written: str) -> str:
    """The place of something in main.yaml, as a picture names it."""
    before, _, _ = (folder / "flows" / "main.yaml").read_text(encoding="utf-8").partition(written)
    return f"flows/main.yaml:{before.count(chr(10)) + 1}"


def edit_main(folder: Path) -> None:
    """A new step behind a new choice, other words, another target, and a step that is gone."""
    shutil.copytree(folder / "flows", folder / "old")
    gone = re.search(r"  emergency_promise:\n(?:    .*\n)+", (folder / "flows" / "main.yaml").read_text("utf-8"))
    assert gone is not None
    edit(
        folder, "main.yaml", (gone[0], ""), ("next: emergency_promise", "next: more"),
        ("        next: elderly\n", f"        next: elderly\n{CHOICE}"),
        ("  more:\n", "  branches:\n    say: {zh-CN: 请看手机银行。, en-US: See our app.}\n    next: more\n  more:\n"),
        ("Is there anything else", "Anything else"),
    )  # fmt: skip


def test_an_edit_is_marked_and_no_card_moves_for_it(ivr, folder: Path) -> None:
    edit_main(folder)

    plain = Drawn(ivr("graph", "main").stdout)
    done = ivr("graph", "main", "--diff", "old")
    drawn = Drawn(done.stdout)

    assert done.returncode == 0, done.stderr
    assert drawn.cards == plain.cards
    assert drawn.marked("new") == {"branches"} and drawn.marked("changed") == {"menu", "more", "emergency_phone"}
    assert drawn.texts("m-strike") == ["emergency_promise"]
    assert drawn.texts("m-what") == ["From the files in old to the files in flows: 1 new step, 3 changed, 1 removed."]
    said = drawn.texts("m-said")
    assert 'menu "menu": new: key 6 ("网点") leads to "branches"' in said
    assert 'say "emergency_promise" is gone' in said
    assert "flows/main.yaml:33" in drawn.texts("m-where")


def test_the_other_way_round_what_was_new_is_gone(ivr, folder: Path) -> None:
    edit_main(folder)

    drawn = Drawn(ivr("graph", "main", "--diff", "flows", "old").stdout)

    assert drawn.marked("new") == {"emergency_promise"} and drawn.texts("m-strike") == ["branches"]


def test_a_flow_that_is_new_is_new_in_every_step(ivr, folder: Path) -> None:
    shutil.copytree(folder / "flows", folder / "old")
    text = (folder / "flows" / "feedback.yaml").read_text("utf-8").replace("flow: feedback", "flow: again")
    (folder / "flows" / "again.yaml").write_text(text, encoding="utf-8")

    drawn = Drawn(ivr("graph", "again", "--diff", "old").stdout)

    steps = {id.split(".", 1)[1] for id in drawn.cards if id}
    assert drawn.marked("new") == steps and len(steps) > 5


def test_without_names_the_live_release_is_compared_with_the_files(ivr, small: Path) -> None:
    nothing = ivr("graph", "main", "--diff")
    ivr("publish", "-m", "the first")
    same = Drawn(ivr("graph", "main", "--diff").stdout)
    edit(small, "main.yaml", ("en-US: Welcome.", "en-US: Hello."))
    drawn = Drawn(ivr("graph", "main", "--diff").stdout)

    assert nothing.returncode == 2 and "there is no database" in nothing.stderr
    assert "no step of this flow changed" in same.texts("m-what")[0]
    assert len(drawn.marked("changed")) == 1 and "1 changed" in drawn.texts("m-what")[0]


def test_findings_are_on_their_cards_and_below_with_their_lines(ivr, folder: Path) -> None:
    wrong = (("next: emergency_busy", "next: emergency_bussy"), ("transfer: card_emergency", "transfer: card"))
    edit(folder, "main.yaml", *wrong)

    done = ivr("graph", "main", "--findings")
    drawn = Drawn(done.stdout)

    assert done.returncode == 0
    assert drawn.marked("finding") == {"emergency", "emergency_case"}
    assert {place(folder, "transfer: card\n"), place(folder, "emergency_bussy")} <= set(drawn.texts("m-where"))
    assert 'Did you mean "emergency_busy"?' in " ".join(drawn.texts("m-said"))
    assert Drawn(ivr("graph", "contact", "--findings").stdout).marked("finding") == set()


def test_findings_of_the_hotline_are_listed_with_every_flow(ivr, folder: Path) -> None:
    edit(folder, "hotline.yaml", ("country: CN", "country: XX"))

    drawn = Drawn(ivr("graph", "contact", "--findings").stdout)

    assert drawn.texts("m-what") == ["1 finding in flows/hotline.yaml."]
    assert drawn.texts("m-where")[0].startswith("flows/hotline.yaml:")


def test_a_flow_in_order_has_no_findings(ivr, small: Path) -> None:
    drawn = Drawn(ivr("graph", "agent", "--findings").stdout)

    assert drawn.texts("m-what") == ["Nothing is wrong with this flow."] and drawn.texts("m-said") == []


def test_what_no_fixture_walks_has_a_ring(ivr, small: Path) -> None:
    (small / "tests").mkdir()
    (small / "tests" / "hours.call.yaml").write_text(HOURS, encoding="utf-8")

    plain = Drawn(ivr("graph", "main").stdout)
    drawn = Drawn(ivr("graph", "main", "--coverage").stdout)
    of_complaint = Drawn(ivr("graph", "complaint", "--coverage", "tests/hours.call.yaml").stdout)

    assert drawn.cards == plain.cards
    assert "are not walked by 1 fixture." in drawn.texts("m-what")[0]
    assert drawn.signs("unwalked") == 3, "key 2 and the give-ups on their rows, and a line below"
    assert any(said.startswith("menu: not walked in zh-CN: ") for said in drawn.texts("m-said"))
    assert any(said.startswith("story: not walked in zh-CN: ") for said in of_complaint.texts("m-said"))


def test_traffic_counts_calls_on_record_and_its_numbers_add_up(ivr, small: Path) -> None:
    for keys in ("1\n", "2\n/record charged twice\n", "2\n", "\n1\n"):
        ivr("call", given=keys + "/hang-up\n")

    plain = Drawn(ivr("graph", "main").stdout)
    none = Drawn(ivr("graph", "main", "--traffic", "1d").stdout)
    done = ivr("graph", "main", "--traffic", "1d", "--simulated")
    drawn = Drawn(done.stdout)

    assert done.returncode == 0, done.stderr
    assert none.texts("m-what")[0].startswith("0 calls since ") and drawn.texts("m-what")[0].startswith(
        "4 calls since "
    )
    assert drawn.cards == plain.cards
    head, *rows = next(
        [int(text.text or "") for text in group.iter(f"{SVG}text") if "m-n" in (text.get("class") or "").split()]
        for group in drawn.root.iter(f"{SVG}g")
        if group.get("transform") == drawn.cards["main.menu"] and not group.get("id")
    )
    keys = sum(int(text.split()[0]) for text in drawn.texts("m-foot"))
    hung_up = sum(int(text.split()[0]) for text in drawn.texts("m-lost"))
    assert head == sum(rows) + keys + hung_up and sum(rows) >= 4
    widths = [
        float(each.get("stroke-width") or 0)
        for each in drawn.root.iter(f"{SVG}path")
        if "m-hot" in (each.get("class") or "")
    ]
    assert max(widths) == 18.0 and min(widths) >= 1.2
    complaint = Drawn(ivr("graph", "complaint", "--traffic", "1d", "--simulated").stdout)
    assert any(each.get("class") == "m-cold" for each in complaint.root.iter(f"{SVG}rect")), "nobody keyed a number"


def test_calls_in_a_frame_are_those_who_came_through_it(ivr, small: Path) -> None:
    edit(
        small, "main.yaml", ("next: hours}", "next: first}"), ("next: flow complaint}", "next: second}"),
        ("  hours:\n", "  first: {run: ask, next: hours}\n  second: {run: ask, next: hours}\n  hours:\n"),
    )  # fmt: skip
    (small / "flows" / "ask.yaml").write_text(
        "flow: ask\ntitle: {zh-CN: 问, en-US: Ask}\nsteps:\n  sure:\n    yes_no: {zh-CN: 好吗, en-US: Sure?}\n"
        "    yes: return\n    no: return\n",
        encoding="utf-8",
    )
    for keys in ("1\n1\n", "1\n1\n", "2\n2\n", "2\n"):
        assert ivr("call", given=keys + "/hang-up\n").returncode == 0

    drawn = Drawn(ivr("graph", "main", "--traffic", "1d", "--simulated", "--open", "ask").stdout)

    def numbers(group: ElementTree.Element) -> list[int]:
        texts = (text for text in group.iter(f"{SVG}text") if "m-n" in (text.get("class") or "").split())
        return [int(text.text or "") for text in texts]

    frames = [group for group in drawn.root.iter(f"{SVG}g") if (group.find(f"{SVG}path[@class]")) is not None]
    found = [numbers(group) for group in frames if "m-hot" in group.find(f"{SVG}path").get("class", "")]
    assert [2, 2, 0] in [each[:3] for each in found] and [2, 0, 1] in [each[:3] for each in found], found
    assert drawn.texts("m-lost").count("1 hung up") == 1


def test_calls_whose_release_is_gone_are_told_and_not_counted(ivr, small: Path) -> None:
    for _ in range(2):
        ivr("call", given="1\n/hang-up\n")
    with closing(sqlite3.connect(small / "ivr.db")) as connection:
        connection.execute("UPDATE calls SET release = 'gone' WHERE number = 1")
        connection.commit()

    drawn = Drawn(ivr("graph", "main", "--traffic", "1d", "--simulated", "--lang", "en").stdout)

    assert re.fullmatch(
        r"1 call since \d{4}-\d\d-\d\d\. Not counted: 1 call that could not be replayed\.", drawn.texts("m-what")[0]
    )


def test_every_layer_is_written_in_every_format_for_every_flow(ivr, folder: Path) -> None:
    edit_main(folder)

    for shape, ending in (("svg", "svg"), ("mermaid", "mmd"), ("dot", "dot")):
        done = ivr("graph", "--all", shape, "--format", shape, "--diff", "old")
        assert done.returncode == 0, done.stderr
        assert sorted(path.name for path in (folder / shape).glob(f"*.{ending}")) == [
            f"{path.stem}.{ending}"
            for path in sorted((folder / "flows").glob("*.yaml"))
            if path.stem not in ("hotline", "topics")
        ]
    assert "  class s_branches new\n" in (folder / "mermaid" / "main.mmd").read_text("utf-8")


def test_a_reader_of_chinese_reads_chinese(ivr, folder: Path) -> None:
    edit_main(folder)

    drawn = Drawn(ivr("graph", "main", "--diff", "old", IVR_LANG="zh-CN").stdout)

    assert drawn.texts("m-what") == ["从文件夹“old”里的文件到文件夹“flows”里的文件：新增1步，改动3步，删除1步。"]


def test_words_that_changed_stand_in_the_list_as_they_were_and_are(ivr, folder: Path) -> None:
    edit_main(folder)
    edit(folder, "agent.yaml", ("Please call us again then.", "Please call us again tomorrow."))

    drawn = Drawn(ivr("graph", "agent", "--diff", "old").stdout)

    before, now = drawn.texts("m-more")
    assert before.startswith("before: ") and before.endswith("Please call us again then.")
    assert now.startswith("now: ") and now.endswith("Please call us again tomorrow.")
    assert any("tomorrow." in line for line in drawn.texts("s")), "on the card, too"


def test_the_values_of_a_case_are_on_its_card(ivr, folder: Path) -> None:
    edit_main(folder)
    edit(folder, "inquiry.yaml", ("outcome: answered", "outcome: unanswered"))

    drawn = Drawn(ivr("graph", "inquiry", "--diff", "old").stdout)

    assert drawn.texts("s").count("outcome = unanswered") == 3 and "outcome = answered" not in drawn.texts("s")
    assert any('"unanswered" (before: "answered")' in said for said in drawn.texts("m-said"))


def test_an_edit_of_flows_with_errors_is_marked_as_far_as_both_are_known(ivr, folder: Path) -> None:
    edit_main(folder)
    edit(folder, "main.yaml", ("next: emergency\n", "next: 12 34\n"), ("    yes_no:\n", "    yes_or_no:\n"))

    done = ivr("graph", "main", "--diff", "old")
    turned = ivr("graph", "main", "--diff", "flows", "old")
    drawn = Drawn(done.stdout)

    assert done.returncode == turned.returncode == 0, done.stderr + turned.stderr
    assert "error" in done.stderr and "error" not in turned.stderr
    assert drawn.marked("new") == {"branches"} and "menu" in drawn.marked("changed")
    assert drawn.texts("m-strike") == ["emergency_promise"], "what cannot be read is not gone"
    assert '"12_34"' in " ".join(drawn.texts("m-said"))


def test_a_step_that_one_version_has_unreadable_is_changed_not_new(ivr, folder: Path) -> None:
    edit_main(folder)
    edit(folder, "agent.yaml", ("    case: callback\n", "    telephone: callback\n"))

    there = Drawn(ivr("graph", "agent", "--diff", "old").stdout)
    back = Drawn(ivr("graph", "agent", "--diff", "flows", "old").stdout)

    for drawn in (there, back):
        assert drawn.marked("changed") == {"book"} and not drawn.marked("new") and not drawn.texts("m-strike")
        assert drawn.texts("m-said") == ["book: written otherwise, but one of the two versions cannot be read."]


def test_the_words_of_a_layer_are_in_the_language_of_the_picture(ivr, folder: Path) -> None:
    edit_main(folder)
    (folder / "tests").mkdir()
    (folder / "tests" / "hours.call.yaml").write_text(HOURS, encoding="utf-8")

    for layer in (("--coverage",), ("--diff", "old"), ("--findings",)):
        if layer == ("--findings",):
            edit(folder, "main.yaml", ("transfer: card_emergency", "transfer: card"))
            (folder / "flows" / "topics.yaml").unlink()  # what is wrong with it is not of this flow alone
        chinese = Drawn(ivr("graph", "main", *layer, IVR_LANG="").stdout)
        english = Drawn(ivr("graph", "main", "--lang", "en", *layer, IVR_LANG="zh-CN").stdout)
        assert (chinese.root.get("lang"), english.root.get("lang")) == ("zh-CN", "en-US")
        for drawn, script in ((chinese, True), (english, False)):
            said = [
                *drawn.texts("m-what"),
                *(re.split('["“:]', each)[0] for each in drawn.texts("m-said")[: 0 if "--coverage" in layer else None]),
            ]
            assert said and {bool(re.search("[一-龥]", each)) for each in said} == {script}, said


def test_places_are_told_without_the_machine_they_are_on(ivr, folder: Path) -> None:
    edit(folder, "main.yaml", ("transfer: card_emergency", "transfer: card"))

    drawn = Drawn(ivr("graph", "main", "--findings", IVR_FLOWS=str(folder / "flows")).stdout)

    assert drawn.texts("m-where") == [place(folder, "transfer: card\n")]
    assert drawn.texts("m-what") == ["1 finding in flows/main.yaml."]


def test_the_sentences_of_the_list_begin_below_one_another(ivr, folder: Path) -> None:
    wrong = (("next: emergency_busy", "next: emergency_bussy"), ("transfer: card_emergency", "transfer: card"))
    edit(folder, "main.yaml", *wrong)
    edit(folder, "hotline.yaml", ("country: CN", "country: XX"))

    root = Drawn(ivr("graph", "main", "--findings").stdout).root

    lefts = {text.get("x") for text in root.iter(f"{SVG}text") if text.get("class") == "m-said"}
    assert len(lefts) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("main", "--diff", "--findings"), "a picture shows one layer at a time: write --diff or --findings."),
        (("main", "flows"), 'there is no use for "flows".'),
        (("main", "--diff", "a", "b", "c"), 'there is no use for "c".'),
        (("main", "--findings", "--simulated"), "--simulated goes with --traffic only."),
        (("main", "--traffic", "soon"), '--traffic "soon" is not a time.'),
        (("main", "--traffic", "7d"), "there is no database"),
        (("main", "--diff", "nowhere"), '"nowhere"'),
        (("main", "--coverage", "nowhere"), 'there is no fixture (*.call.yaml) at "nowhere".'),
    ],
)
def test_what_cannot_be_laid_over_a_picture_is_a_sentence(ivr, words: tuple[str, ...], said: str) -> None:
    done = ivr("graph", *words)

    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("ivr: ") and said in done.stderr
