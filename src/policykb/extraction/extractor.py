"""The way through the room: canonical text, names, members, places; figures; titles cited."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Self

from policykb.extraction.canonical import canonical
from policykb.extraction.components import Context
from policykb.extraction.counts import counted_spans
from policykb.extraction.indicators import find_indicators
from policykb.extraction.localities import Governance
from policykb.extraction.own_rules import invented, read_own, told, wrong_file
from policykb.extraction.practices import gather
from policykb.extraction.quoted import find_quoted, without_overlaps
from policykb.extraction.references import find_references
from policykb.extraction.rules import Rules, load_rules
from policykb.extraction.unquoted import UnquotedFinder, without_headings
from policykb.models import Document, Extraction
from policykb.places import Gazetteer


class Extractor:
    """Holds the compiled rules; ``extract`` may be called for any number of documents.

    ``Extractor.from_file(path)`` extracts with words and rules of one's own beside the built-in ones.
    """

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Use the built-in rules and those of a YAML file, whose form ``data/extraction_own_example.yaml`` shows.

        Raises ``RulesError`` where the file cannot be used, or one of its examples does not come out as it says.
        """
        own = Path(path)
        extractor = cls(load_rules(own))
        for example in read_own(own).examples:
            try:
                found = told(extractor.extract(invented(example.text)))
            except (KeyError, IndexError) as error:
                raise wrong_file(own, f"规则 {example.entry} 的样式缺少命名组 {error.args[0]}") from error
            if example.finds not in (found or ("",)):
                wanted = f"应找到“{example.finds}”" if example.finds else "应什么也找不到"
                raise wrong_file(own, f"{example.entry} 的例子{wanted}，实际是：{'、'.join(found) or '无'}")
        return extractor

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
        practices = gather(document, found, context, governance)
        names = [(one.name_start, one.name_end) for one in quoted]
        names += [span for one in practices for span in counted_spans(one)]
        return Extraction(
            practices=practices,
            indicators=find_indicators(document, shadow.text, names, governance, self._rules),
            references=find_references(document.text, shadow.text, self._rules),
            text=document.text,
        )


@cache
def _built_in() -> Extractor:
    return Extractor()


@lru_cache(maxsize=4)
def _of_file(path: Path, _changed: int) -> Extractor:
    return Extractor.from_file(path)


def extract(document: Document, *, rules: str | Path | None = None) -> Extraction:
    """The practices, indicators and references of ``document``.

    ``rules`` is a YAML file of one's own words and rules, used beside the built-in ones: see
    ``Extractor.from_file``, which raises ``RulesError``.  Every ``quote`` is ``document.text[start:end]``; a practice
    whose text does not spell out its members has no components.  Rules are read at the first call, and a file again
    when it has changed.
    """
    if rules is None:
        return _built_in().extract(document)
    path = Path(rules)
    return _of_file(path, path.stat().st_mtime_ns if path.is_file() else 0).extract(document)
