"""A PDF as poppler reads it: the second opinion on what we write."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.etree import ElementTree


def pdf_pages(path: Path) -> list[str]:
    """The text of each page, as it is laid out."""
    command = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\f")[:-1]


def pdf_words(path: Path) -> list[tuple[str, float, float]]:
    """Each word of the first page, and where it begins and ends, as parts of the page's width."""
    command = ["pdftotext", "-bbox", "-l", "1", str(path), "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    page = ElementTree.fromstring(done.stdout).find(".//{*}page")
    assert page is not None
    width = float(page.attrib["width"])
    return [
        (word.text or "", float(word.attrib["xMin"]) / width, float(word.attrib["xMax"]) / width)
        for word in page
    ]
