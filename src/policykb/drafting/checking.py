"""Checking a Word file for one place: its format, and what in it is foreign to the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from policykb.blocks import Block, BlockKind
from policykb.drafting.draft import Residue
from policykb.drafting.profile import Profile
from policykb.drafting.residue import find_foreign
from policykb.models import Record
from policykb.places import Gazetteer
from policykb.segmentation import Segmenter
from policykb.word import Finding, PageLayout, check_docx, read_blocks

_YEAR = re.compile("(?:19|20)[0-9]{2}")


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
    """Check any Word file against the official format and, with a profile, for what is foreign to its place.

    Of a finished text nobody knows where its figures come from: they are not judged.  Raises ``ReadError`` for
    what is no Word file.
    """
    findings = check_docx(path, layout=layout)
    residue: tuple[Residue, ...] = ()
    if profile:
        blocks = read_blocks(path)
        residue = tuple(find_foreign(blocks, profile, Gazetteer.load(), Segmenter(), _year_of(blocks, profile)))
    return CheckReport(path=str(path), findings=findings, residue=residue)


def _year_of(blocks: Sequence[Block], profile: Profile) -> int | None:
    """The year of a document: of its date, else of the profile's."""
    dates = (_YEAR.search(block.text) for block in blocks if block.kind is BlockKind.DATE)
    found = next((int(match[0]) for match in dates if match), None)
    return found or (profile.date.year if profile.date else None)
