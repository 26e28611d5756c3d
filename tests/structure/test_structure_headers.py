"""Headers and signatures of every habit: who issues, under which number, to whom, when, with what attached."""

import json
from pathlib import Path

import pytest
from structure_texts import LONG, documents_of

from policykb.cleaning import clean
from policykb.models import PageFact, Source
from policykb.structure import structure
from policykb.terms import DocumentKind

FILLERS = {
    "{aim}": "为深入贯彻落实上级关于加强基层党组织建设的部署要求，进一步夯实基层基础，",
    "{text}": LONG,
    "{report}": "近年来，我县坚持以党的建设统领各项工作，不断健全组织体系，创新服务载体，群众满意度不断提高。",
}
FILLERS["{outline}"] = f"一、提高思想认识\n{LONG}\n二、明确工作任务\n{LONG}\n三、加强组织领导\n{LONG}"
CASES = json.loads((Path(__file__).parent / "official_headers.json").read_text(encoding="utf-8"))
SILENT = ("urgency", "signatory", "copied_to", "attachments", "document_number", "authors")
"""Fields that are empty where a case does not name them."""


def text_of(case):
    """The text of a case with its running text filled in."""
    text = "\n".join(case["lines"])
    for name, filler in FILLERS.items():
        text = text.replace(name, filler)
    return text


def bare(value):
    """A value without blanks, which typesetting adds and takes away; tuples as lists."""
    if isinstance(value, list | tuple):
        return [bare(each) for each in value]
    return "".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fields"].get("title", case["lines"][0])[:24])
def test_every_field_of_header_and_signature_is_read(case):
    """Is each field what a clerk would write down, and nothing made up where the text is silent?"""
    document = documents_of(text_of(case))[0]
    wanted = dict.fromkeys(SILENT) | case["fields"]
    found = {field: bare(getattr(document, field)) or None for field in wanted}
    assert found == {field: bare(value) for field, value in wanted.items()}


@pytest.mark.parametrize("number", ["000012", "份号：000356"])
def test_the_number_of_the_copy_is_no_title(number):
    """Is the six-digit number in the corner of the first page passed over?"""
    lines = [
        number,
        "秘密★1年",
        "特急",
        "中共某市委文件",
        "某发〔2021〕9号",
        "关于加强社区党建工作的通知",
        "各县（市、区）委：",
        LONG,
    ]
    document = documents_of("\n".join(lines))[0]
    assert document.title.endswith("关于加强社区党建工作的通知")
    assert (document.document_number, document.urgency) == ("某发〔2021〕9号", "特急")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各区人民政府，市政府各委、办、局，各市属机构：", ("各区人民政府", "市政府各委、办、局", "各市属机构")),
        ("各省、自治区、直辖市人民政府，国务院各部委：", ("各省、自治区、直辖市人民政府", "国务院各部委")),
        ("各市、州委，省委各部委：", ("各市、州委", "省委各部委")),
        ("各镇、街道，区直各单位：", ("各镇", "街道", "区直各单位")),
        ("各党支部、机关各处室：", ("各党支部", "机关各处室")),
        ("各乡镇党委，县直机关各党组织：", ("各乡镇党委", "县直机关各党组织")),
        ("各市、县：", ("各市、县",)),
    ],
)
def test_addressees_that_share_a_word_are_one(line, names):
    """Are 各省、自治区、直辖市人民政府 one addressee, and whole names in a row several?"""
    assert documents_of(f"关于加强社区党建工作的通知\n{line}\n{LONG}")[0].addressees == names


def test_a_text_whose_title_is_in_its_row_may_begin_with_its_addressees():
    """Are the addressees read where the title stands in another column?"""
    facts = (PageFact(field="title", value="关于加强社区党建工作的通知"),)
    source = Source(name="表.csv", text=f"各县（市、区）委：\n{LONG}", encoding="utf-8", sha256="0" * 64, facts=facts)
    assert structure(source, clean(source))[0].addressees == ("各县（市、区）委",)


@pytest.mark.parametrize("title", ["某县人民政府关于加强社区治理的意见", "关于加强社区治理的意见"])
def test_who_signed_counts_before_who_put_it_on_the_site(title):
    """Is the authority the one of title and signature, not the office that 发布机构 names?"""
    data = "发布机构：某县人民政府办公室\n发文字号：某政发〔2020〕4号\n成文日期：2020年3月2日"
    document = documents_of(f"{data}\n{title}\n{LONG}\n某县人民政府\n2020年3月2日")[0]
    assert document.issuing_authority == "某县人民政府"


def test_a_report_in_arabic_numbers_is_one_though_it_was_published():
    """Does an outline of 1. and 1.1 make a published text as formal as one of 一、二、 does?"""
    outline = f"1. 履职情况\n1.1 抓学习强根基。{LONG}\n1.2 抓基层强功能。{LONG}\n2. 存在问题\n{LONG}"
    document = documents_of(f"发布日期：2023-01-05\n某镇党委书记抓党建述职报告\n{LONG}\n{outline}")[0]
    assert document.kind is DocumentKind.REPORT
    assert [section.heading for section in document.sections] == [
        "履职情况",
        "抓学习强根基",
        "抓基层强功能",
        "存在问题",
    ]
