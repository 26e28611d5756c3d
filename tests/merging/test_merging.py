"""One practice over many documents: names meet, places keep apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from policykb.extraction import extract
from policykb.ingest import read
from policykb.merging import PracticeEntry, merge_practices
from policykb.models import Document, Locality
from policykb.spans import OffsetMap
from policykb.terms import AdminLevel, DocumentKind

CORPUS = Path(__file__).parents[2] / "corpus"


def document(number: int, text: str, *places: str) -> Document:
    """A document of one sentence, and the places it speaks of."""
    return Document(
        id=f"d{number}",
        title="",
        kind=DocumentKind.NEWS,
        text=text,
        localities=tuple(Locality(name=name, full_name=name, level=AdminLevel.COUNTY) for name in places),
        source_name="invented.txt",
        sha256="0" * 64,
        offsets=OffsetMap.identity(len(text)),
    )


def merged(*documents: Document) -> tuple[PracticeEntry, ...]:
    """The entries of what is found in the documents."""
    return merge_practices((one, extract(one).practices) for one in documents)


def test_spellings_of_one_name_meet() -> None:
    """Are “三会一课” and “三会一课”制度, 1+3+N and 1＋3＋N one practice with two mentions?"""
    for first, second in (
        ("曲阳县落实“三会一课”制度。", "曲阳县推行「三会一课」机制。"),
        ("曲阳县推行“1+3+N”模式。", "曲阳县探索“1＋3＋N”治理模式。"),
        ("曲阳县推行“12345工作法”。", "曲阳县推行“12345”工作法。"),
    ):
        (entry,) = merged(document(1, first), document(2, second))
        assert [mention.document_id for mention in entry.mentions] == ["d1", "d2"]
        assert entry.related == ()


def test_a_county_and_its_town_do_the_same() -> None:
    """Is a practice of a county and of a town in it one, told of the county?"""
    (entry,) = merged(
        document(1, "河北省保定市曲阳县推行“三联”机制。"),
        document(2, "河北省保定市曲阳县恒州镇推行“三联”机制，即支部联建、活动联办、资源联享。"),
    )
    assert entry.locality == "河北省保定市曲阳县"
    assert [member for component in entry.components for member in component.members] == [
        "支部联建", "活动联办", "资源联享",
    ]  # fmt: skip
    assert entry.id.startswith("d2")


def test_two_cities_stay_two_that_know_of_each_other() -> None:
    """Are practices of one name in two cities kept apart and linked?"""
    first, second, third = merged(
        document(1, "南京市推行“双向管理”机制。"),
        document(2, "杭州市推行“双向管理”机制。"),
        document(3, "成都市推行“双向管理”机制。"),
    )
    assert [entry.locality for entry in (first, second, third)] == ["南京市", "杭州市", "成都市"]
    assert first.related == (second.id, third.id)
    assert second.related == (first.id, third.id)


def test_without_a_place_it_goes_where_there_is_no_choice() -> None:
    """Does a mention without place join the only place of that name, and stand alone where there are two?"""
    nowhere = document(3, "各地推行“双向管理”机制。")
    (entry,) = merged(document(1, "南京市推行“双向管理”机制。"), nowhere)
    assert len(entry.mentions) == 2
    entries = merged(document(1, "南京市推行“双向管理”机制。"), document(2, "杭州市推行“双向管理”机制。"), nowhere)
    assert sorted(entry.locality or "" for entry in entries) == ["", "南京市", "杭州市"]


def test_an_organ_named_after_a_campaign_is_another_entry() -> None:
    """Is the leading group of an action not the action?"""
    entries = merged(document(1, "曲阳县开展“敲门”行动，成立“敲门”行动领导小组。"))
    assert sorted(entry.kind.value for entry in entries) == ["campaign", "organization"]


def test_the_order_of_the_documents_does_not_matter() -> None:
    """Are the entries the same in whatever order the documents come?"""
    documents = [
        document(1, "南京市推行“双向管理”机制，实施“暖冬”工程。"),
        document(2, "杭州市推行“双向管理”机制。"),
        document(3, "各地推行“双向管理”机制。"),
    ]
    assert len({merged(*order) for order in permutations(documents)}) == 1


def test_no_mention_of_the_corpus_is_lost() -> None:
    """Does each practice of each document stand in exactly one entry?"""
    documents = [one for path in sorted(CORPUS.glob("*.txt")) for one in read(path)]
    entries = merged(*documents)
    mentions = [mention.practice.id for entry in entries for mention in entry.mentions]
    assert sorted(mentions) == sorted(practice.id for one in documents for practice in extract(one).practices)
    assert len(entries) < len(mentions)
