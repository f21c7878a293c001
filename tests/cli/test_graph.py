"""`ivr graph`: one flow, all of them, and what cannot be drawn."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from pathlib import Path

from command_here import Run


def title(svg: str) -> str:
    """What a picture is called."""
    return ET.fromstring(svg).get("aria-label", "")


def test_a_flow_is_printed(ivr: Run) -> None:
    printed = ivr("graph", "main", "--lang", "en-US")

    assert (printed.returncode, printed.stderr, title(printed.stdout)) == (0, "", "Front door")
    assert ivr("graph", "main", "--lang", "en-US").stdout == printed.stdout


def test_its_words_are_in_the_readers_language_or_else_the_first_one(ivr: Run) -> None:
    assert title(ivr("graph", "main").stdout) == title(ivr("graph", "main", "--lang", "zh").stdout) == "总入口"
    assert title(ivr("graph", "main", IVR_LANG="en").stdout) == "Front door"
    assert "there is no language" in ivr("graph", "main", "--lang", "fr").stderr


def test_it_is_written_into_a_file(ivr: Run, folder: Path) -> None:
    written = ivr("graph", "agent", "--open", "contact,feedback", "--lang", "en", "--out", "shown/agent.svg")

    assert (written.returncode, written.stdout) == (0, "shown/agent.svg is written.\n")
    drawn = (folder / "shown" / "agent.svg").read_text(encoding="utf-8")
    assert 'id="agent.contact/contact.ask"' in drawn and 'id="agent.after/feedback.rating"' in drawn


def test_all_flows_are_written_with_a_page_that_shows_them(ivr: Run, folder: Path) -> None:
    assert ivr("graph", "--all", "shown", "--lang", "en-US").returncode == 0

    page = (folder / "shown" / "index.html").read_text(encoding="utf-8")
    files = sorted(path.stem for path in (folder / "shown").glob("*.svg"))
    assert files == sorted(
        path.stem for path in (folder / "flows").glob("*.yaml") if path.stem not in ("hotline", "topics")
    )
    assert all(f'<img src="{name}.svg"' in page for name in files)
    assert "<script" not in page and "17 steps" not in page and "14 steps" in page


def test_what_cannot_be_drawn(ivr: Run, folder: Path) -> None:
    (folder / "shown").write_text("", encoding="utf-8")

    assert ivr("graph").returncode == ivr("graph", "main", "--all", "x").returncode == 2
    assert 'there is no flow "mian"' in ivr("graph", "mian").stderr
    assert 'there is no flow "all_of_it"' in ivr("graph", "main", "--open", "all_of_it").stderr
    assert "shown/main.svg cannot be written" in ivr("graph", "main", "--out", "shown/main.svg").stderr


def test_a_flow_with_errors_is_drawn_as_far_as_it_is_known(ivr: Run, folder: Path) -> None:
    main = folder / "flows" / "main.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace("next: emergency_promise", "next: nowhere"), "utf-8")

    printed = ivr("graph", "main", "--lang", "en-US")

    assert (printed.returncode, title(printed.stdout)) == (0, "Front door")
    assert "the flows have 1 error. Steps of the picture that have one are marked" in printed.stderr
    assert printed.stdout.count('class="find"') == 1


def test_a_slip_of_the_keyboard_loses_no_flow_and_is_answered_with_what_was_meant(ivr: Run, folder: Path) -> None:
    before = (folder / "flows" / "main.yaml").read_bytes()
    over = ivr("graph", "main", "--out", "flows/main.yaml")
    assert over.returncode == 2 and "is a file of flows" in over.stderr
    assert (folder / "flows" / "main.yaml").read_bytes() == before
    assert 'Did you mean "main"?' in ivr("graph", "mian").stderr
    assert 'Did you mean "main"?' in ivr("graph", "flows/main.yaml").stderr
    assert ivr("graph", "main", "--out", "-").stdout.startswith("<svg")
    assert ivr("graph", "main", "--open", "contact, agent").returncode == 0


def test_a_flow_that_could_not_be_opened_is_told(ivr: Run) -> None:
    def said(*words: str) -> str:
        done = ivr("graph", *words)
        assert done.returncode == 0 and done.stdout
        return done.stderr

    assert said("complaint", "--open", "contact") == said("main", "--open", "all") == ""
    assert said("complaint", "--open", "inquiry") == (
        '--open inquiry opens nothing: flow "complaint" does not run it. It runs contact.\n'
    )
    assert "only agent runs it, which is not opened" in said("main", "--open", "feedback")
    assert said("main", "--open", "feedback,agent") == ""
    assert 'nothing that is drawn runs "main"' in said("contact", "--open", "main")
    assert "in svg only; dot shows them by their names" in said("main", "--open", "agent", "--format", "dot")


def test_the_page_of_text_forms_shows_what_was_written(ivr: Run, folder: Path) -> None:
    names = [path.stem for path in (folder / "flows").glob("*.yaml") if path.stem not in ("hotline", "topics")]
    for shape, ending, begins in (("mermaid", "mmd", "flowchart LR"), ("dot", "dot", "digraph")):
        assert ivr("graph", "--all", shape, "--format", shape).returncode == 0

        page = (folder / shape / "index.html").read_text(encoding="utf-8")
        assert page.count("<pre><code>") == len(names) == page.count(begins)
        for name in names:
            text = (folder / shape / f"{name}.{ending}").read_text(encoding="utf-8")
            assert html.escape(text) in page and f'href="{name}.{ending}"' in page
