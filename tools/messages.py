"""Bring the English messages up to date with the program: ``make messages``.

Collects every message that the source marks (``say``, ``later``, and what is raised), merges them into the
catalogue for translators, and compiles it.  Says which messages have no translation yet.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import extract_from_dir

from policykb import errors

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "policykb"
CATALOGUE = SOURCE / "data" / "locale" / "en" / "LC_MESSAGES" / "policykb.po"
COMPILED = CATALOGUE.with_suffix(".mo")

UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for the dates of a catalogue, so that it is the same bytes whenever it is compiled."""

KEYWORDS: dict[str, None] = dict.fromkeys(
    ("say", "later", *(name for name, value in vars(errors).items() if isinstance(value, type)))
)
"""The functions whose first argument is a message: what shows or marks one, and every error."""


def extracted() -> Catalog:
    """The messages of the program, by where they stand."""
    catalog = Catalog()
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for path, _, message, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
        if message:
            catalog.add(message, locations=[(f"src/policykb/{path}", 0)])
    return catalog


def translated() -> Catalog:
    """The catalogue as it is."""
    catalog = pofile.read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    catalog.creation_date = catalog.revision_date = UNDATED
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """A catalogue as a translator edits it: no dates and no line numbers, so that it changes only with texts."""
    buffer = io.BytesIO()
    pofile.write_po(buffer, catalog, width=100, omit_header=False, include_lineno=False, ignore_obsolete=True)
    return re.sub(rb'^"(?:POT-|PO-|Report-|Last-|Generated-).*\n', b"", buffer.getvalue(), flags=re.MULTILINE)


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalogue as the program reads it."""
    buffer = io.BytesIO()
    mofile.write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> int:
    """Merge, compile, and tell what is wanting; exit code 1 where something is."""
    catalog = translated()
    catalog.update(extracted(), no_fuzzy_matching=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(po_bytes(catalog))
    COMPILED.write_bytes(mo_bytes(translated()))
    wanting = [str(message.id) for message in catalog if message.id and not message.string]
    print(f"{len(catalog)} messages, {len(wanting)} without a translation", *wanting, sep="\n  ")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main())
