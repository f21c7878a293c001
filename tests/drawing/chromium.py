"""How wide a browser draws the texts of pictures: Chromium opens a page, measures, and prints what it found."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import unescape
from pathlib import Path

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SCRIPT = """
const texts = [...document.querySelectorAll("text")].map((each) => [each.textContent, each.getComputedTextLength()])
document.getElementById("measured").textContent = JSON.stringify(texts)
"""
SECONDS = 120


def widths(pictures: Sequence[str], folder: Path, style: str = "") -> list[tuple[str, float]]:
    """The texts of pictures and how wide each is, in the order of the files; `style` is laid over all of them."""
    browser = shutil.which("chromium")
    assert browser, "there is no chromium: run this by `make test-browser`, which installs it"
    page = folder / "pictures.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><title>pictures</title><style>{style}</style>{"".join(pictures)}'
        f'<pre id="measured"></pre><script>{SCRIPT}</script>',
        encoding="utf-8",
    )
    command = [browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()]
    ran = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    found = re.search(r'<pre id="measured">(.*)</pre>', ran.stdout.decode(), re.DOTALL)
    assert found and found[1], f"Chromium measured nothing:\n{ran.stderr.decode(errors='replace')[-2000:]}"
    return [(words, width) for words, width in json.loads(unescape(found[1]))]
