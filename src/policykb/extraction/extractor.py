"""The way through the room: canonical text, names, members, places; figures; titles cited."""

from __future__ import annotations

from functools import cache

from policykb.extraction.canonical import canonical
from policykb.extraction.components import Context
from policykb.extraction.indicators import find_indicators
from policykb.extraction.localities import Governance
from policykb.extraction.practices import gather
from policykb.extraction.quoted import find_quoted, without_overlaps
from policykb.extraction.references import find_references
from policykb.extraction.rules import Rules, load_rules
from policykb.extraction.unquoted import UnquotedFinder, without_headings
from policykb.models import Document, Extraction
from policykb.places import Gazetteer


class Extractor:
    """Holds the compiled rules; ``extract`` may be called for any number of documents.

    ``Extractor(load_rules(Path("own.yaml"))).extract(document)`` extracts with rules and words of one's own, which
    come before the built-in ones; the file has the form of ``data/extraction_rules.yaml``::

        words:
          heads: ['work_method 心经 strong']     # kind, head noun, strength: a line of data/extraction_heads.txt
          formulae: ['三长 shorthand']           # what is no practice: a line of data/extraction_formulae.txt
        quotation:
          - {name: chairs, after: '会议室', yields: nothing}
    """

    def __init__(self, rules: Rules | None = None) -> None:
        """Use ``rules``, by default the built-in ones."""
        self._rules = rules or load_rules()
        self._gazetteer = Gazetteer.load()
        self._unquoted = UnquotedFinder(self._rules)

    def extract(self, document: Document) -> Extraction:
        """The practices, indicators and references of ``document``, each in order of its place."""
        shadow = canonical(document.text)
        context = Context.of(shadow, document.text, self._rules)
        governance = Governance.of(document, shadow.text, self._rules, self._gazetteer)
        quoted = find_quoted(shadow, self._rules)
        unquoted = without_headings(self._unquoted.find(shadow.text), quoted, shadow.text)
        found = without_overlaps([*quoted, *unquoted])
        names = [(one.name_start, one.name_end) for one in quoted]
        return Extraction(
            practices=gather(document, found, context, governance),
            indicators=find_indicators(document, shadow.text, names, governance, self._rules),
            references=find_references(document.text, shadow.text, self._rules),
        )


@cache
def _built_in() -> Extractor:
    return Extractor()


def extract(document: Document) -> Extraction:
    """The practices, indicators and references of ``document`` by the built-in rules.

    Every ``quote`` is ``document.text[start:end]``; a practice whose text does not spell out its members has no
    components.  The rules are read at the first call.
    """
    return _built_in().extract(document)
