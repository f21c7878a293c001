"""A folder before its files are read: links that lead out, names that clash, files that cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ivr.errors import FlowInvalid, SettingInvalid
from ivr.flow.release import read_files
from ivr.lint.findings import findings_of
from ivr.source.folder import stamp_of

SMALL = Path(__file__).parents[2] / "docs" / "small"


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    made = tmp_path / "flows"
    shutil.copytree(SMALL, made)
    return made


def test_links_out_of_the_folder_are_refused_all_at_once_with_their_targets(flows: Path) -> None:
    secret = flows.parent / "secret.txt"
    secret.write_text("flow: stolen\n")
    (flows / "stolen.yaml").symlink_to(secret)
    (flows / "up.yaml").symlink_to("../secret.txt")
    (flows / "nothing.yaml").symlink_to("gone.yaml")
    (flows / "round.yaml").symlink_to("round.yaml")

    with pytest.raises(FlowInvalid) as refused:
        read_files(str(flows))

    assert [str(finding) for finding in refused.value.findings] == [
        f"{flows}/nothing.yaml:1:1: error link-outside: this is a link to gone.yaml, and nothing is there. "
        "Put the file itself into the folder.",
        f"{flows}/round.yaml:1:1: error link-outside: this is a link to round.yaml, and nothing is there. "
        "Put the file itself into the folder.",
        f"{flows}/stolen.yaml:1:1: error link-outside: this is a link to {secret}, which is outside the folder. "
        "Put the file itself into the folder.",
        f"{flows}/up.yaml:1:1: error link-outside: this is a link to ../secret.txt, which is outside the folder. "
        "Put the file itself into the folder.",
    ]


def test_a_file_that_looks_like_a_flow_is_not_left_out_without_a_word(flows: Path) -> None:
    (flows / "fees.yml").write_text("flow: fees\n")
    (flows / "Loans.YAML").write_text("flow: loans\n")
    (flows / "asked.call.yml").write_text("call: a fixture is no flow\n")

    with pytest.raises(FlowInvalid) as refused:
        read_files(str(flows))

    assert [str(finding) for finding in refused.value.findings] == [
        f'{flows}/Loans.YAML:1:1: error file-ending: its name ends in ".YAML", but flows end in ".yaml". '
        "Rename it to Loans.yaml.",
        f'{flows}/fees.yml:1:1: error file-ending: its name ends in ".yml", but flows end in ".yaml". '
        "Rename it to fees.yaml.",
    ]


def test_links_inside_the_folder_are_followed_and_so_is_a_link_to_the_folder(flows: Path) -> None:
    """As some deployments lay files out: each a link into a directory that is replaced as a whole."""
    (flows / "..data").mkdir()
    (flows / "main.yaml").rename(flows / "..data" / "main.yaml")
    (flows / "main.yaml").symlink_to("..data/main.yaml")
    (flows.parent / "linked").symlink_to(flows)

    assert {Path(name).name: raw for name, raw in read_files(str(flows.parent / "linked")).items()} == {
        path.name: path.read_bytes() for path in SMALL.glob("*.yaml")
    }


def test_names_that_differ_by_capital_letters_only_are_a_finding_at_the_capitals(flows: Path) -> None:
    shutil.copy(flows / "main.yaml", flows / "Main.yaml")
    shutil.copy(flows / "main.yaml", flows / "MAIN.yaml")
    shutil.copy(flows / "hotline.yaml", flows / "Hotline.yaml")

    found = [str(f) for f in findings_of(read_files(str(flows))) if "capital letters" in f.message]

    clash = "by capital letters only. On some machines they are one file. Rename one, in small letters."
    assert found == [
        f"{flows}/Hotline.yaml:1:1: error flow-name: its name differs from {flows}/hotline.yaml {clash}",
        f"{flows}/MAIN.yaml:1:1: error flow-name: its name differs from {flows}/main.yaml {clash}",
        f"{flows}/Main.yaml:1:1: error flow-name: its name differs from {flows}/main.yaml {clash}",
    ]


def test_two_files_of_one_flow_are_a_finding(flows: Path) -> None:
    shutil.copy(flows / "main.yaml", flows / "other.yaml")

    found = [str(finding) for finding in findings_of(read_files(str(flows)))]

    assert any('flow-name: "main" is also in' in line for line in found)


def test_a_file_that_cannot_be_read_is_a_sentence(flows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)

    with pytest.raises(SettingInvalid, match=r"agent\.yaml cannot be read: Permission denied\."):
        read_files(str(flows))


def test_the_stamp_changes_with_every_save_and_with_nothing_else(flows: Path) -> None:
    before = stamp_of(str(flows))
    (flows / "notes.txt").write_text("not a flow")
    assert stamp_of(str(flows)) == before

    (flows / "main.yaml").write_text("half")
    saved = stamp_of(str(flows))
    (flows / "main.yaml").unlink()
    removed = stamp_of(str(flows))
    (flows / "main.yaml").symlink_to("gone")
    linked = stamp_of(str(flows))

    assert len({before, saved, removed, linked}) == 4 and stamp_of(str(flows / "none")) == frozenset()
