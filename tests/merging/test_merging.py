"""One practice over many documents: names meet, places keep apart."""

from __future__ import annotations

import time
from itertools import permutations
from pathlib import Path

from policykb.extraction import extract
from policykb.ingest import read
from policykb.merging import PracticeEntry, merge_practices
from policykb.models import Document, Locality, Practice
from policykb.spans import OffsetMap
from policykb.terms import AdminLevel, DocumentKind, PracticeKind

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


def test_131n_of_three_provinces_stays_three_that_are_linked() -> None:
    """Is one code in three provinces three practices, each with its own parts, and each knows of the others?"""
    entries = merged(
        document(1, "河南省推行“131n”模式。"),
        document(2, "湖北省推行“131n”工作法，即1个核心、3个平台、1支队伍、n项服务。"),
        document(3, "四川省眉山市探索“131n”治理机制。"),
    )
    assert [(entry.locality, len(entry.related)) for entry in entries] == [
        ("河南省", 2), ("湖北省", 2), ("四川省眉山市", 2),
    ]  # fmt: skip
    assert [bool(entry.components) for entry in entries] == [False, True, False]


def test_a_province_does_not_swallow_the_practice_of_its_cities() -> None:
    """Are a province's and its city's practice of one name two, but a city's and its district's one?"""
    apart = merged(document(1, "湖北省推行“三联”机制。"), document(2, "湖北省武汉市推行“三联”机制。"))
    assert [len(entry.mentions) for entry in apart] == [1, 1]
    (one,) = merged(document(1, "湖北省武汉市推行“三联”机制。"), document(2, "武汉市江汉区推行“三联”机制。"))
    assert one.locality == "湖北省武汉市"


def test_places_that_no_gazetteer_knows_meet_by_their_ends() -> None:
    """Is 温泉街道军门社区 the 军门社区 of another text, and 河头社区 another?"""
    entries = merge_practices(
        (document(n, ""), [practice(n, "三联", place)])
        for n, place in enumerate(("军门社区", "温泉街道军门社区", "河头社区"))
    )
    assert [len(entry.mentions) for entry in entries] == [2, 1]


def practice(number: int, name: str, place: str | None) -> Practice:
    """A practice of which only the name and the place are told."""
    return Practice(
        id=f"d{number}-{number}",
        name=name,
        full_name=f"“{name}”机制",
        kind=PracticeKind.MECHANISM,
        code=None,
        locality=place,
        components=(),
        quote=name,
        start=number,
        end=number + 1,
        rule="x",
        mentions=((number, number + 1),),
    )


def test_one_name_in_thousands_of_places_is_merged_in_proportion() -> None:
    """Do four times the places of one name take about four times as long, not sixteen?"""
    spent = []
    for length in (3_000, 12_000):
        found = [(document(n, ""), [practice(n, "三联", f"第{n}号村")]) for n in range(length)]
        rounds = []
        for _ in range(3):
            before = time.process_time()
            assert len(merge_practices(found)) == length
            rounds.append(time.process_time() - before)
        spent.append(min(rounds))
    assert spent[1] < 9 * spent[0]
