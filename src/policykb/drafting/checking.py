"""Checking a Word file for one place: its format, and what in it is foreign to the place."""

from __future__ import annotations

from pathlib import Path

from policykb.drafting.draft import Residue
from policykb.drafting.profile import Profile
from policykb.drafting.residue import find_residue
from policykb.models import Record
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter
from policykb.word import Finding, PageLayout, check_docx, read_blocks


class CheckReport(Record):
    """What was found in a file; ``residue`` only where a profile was given to check against."""

    path: str
    findings: tuple[Finding, ...]
    residue: tuple[Residue, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there is nothing to say."""
        return not self.findings and not self.residue


def check_file(path: str | Path, profile: Profile | None = None, *, layout: PageLayout | None = None) -> CheckReport:
    """Check any Word file against the official format and, with a profile, for foreign places and dated phrases.

    Figures and level words are not judged: of a finished text nobody knows where they come from.
    Raises ``ReadError`` for what is no Word file.
    """
    findings = check_docx(path, layout=layout)
    residue: tuple[Residue, ...] = ()
    if profile:
        found = find_residue(read_blocks(path), profile, Gazetteer.load(), Segmenter())
        residue = tuple(each for each in found if each.kind.value in ("locality", "dated_reference"))
    return CheckReport(path=str(path), findings=findings, residue=residue)
