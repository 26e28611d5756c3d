"""Red-header documents, issues of bulletins, attachments: who says what, to whom, at which level."""

from __future__ import annotations

import pytest
from structure_texts import LONG, document_of, documents_of

from policykb.places import Gazetteer
from policykb.structure.authority_level import authority_level
from policykb.structure.residual_damage import damage_remark

REQUEST = f"""机密★1年
特急
中共青石县委组织部文件
青组发〔2015〕3号 签发人：李 明
关于加强基层党建工作的请示
市委组织部：
{LONG}
一、基本情况
{LONG}
附件：1.任务分解表
2.责任单位名单
中共青石县委组织部
2015年1月30日
（联系人：王某，联系电话：0000-1234567）
抄送：县委办公室，县政府办公室、县人大。
中共青石县委组织部办公室 2015年1月30日印发"""


def test_header_and_foot_of_an_official_document_are_read():
    """Is every element between the classification and the imprint in its field?"""
    document = document_of(REQUEST)
    assert (document.title, document.kind.value) == ("关于加强基层党建工作的请示", "request")
    assert (document.document_number, document.urgency, document.signatory) == ("青组发〔2015〕3号", "特急", "李明")
    assert (document.issuing_authority, document.issuing_level) == ("中共青石县委组织部", "county")
    assert (document.addressees, document.issued_on) == (("市委组织部",), "2015-01-30")
    assert document.copied_to == ("县委办公室", "县政府办公室", "县人大")
    assert document.attachments == ("任务分解表", "责任单位名单")
    assert document.contact == "联系人：王某，联系电话：0000-1234567"
    assert document.text[document.passages[-1].start : document.passages[-1].end].endswith(LONG)


@pytest.mark.parametrize(
    ("line", "number", "urgency", "signatory"),
    [
        ("特急 青组电明〔2014〕21号", "青组电明〔2014〕21号", "特急", None),
        ("特急青组电明〔2014〕21号", "青组电明〔2014〕21号", "特急", None),
        ("等级 特急·明电 青组电明〔2014〕XX号", "青组电明〔2014〕XX号", "特急", None),
        ("加急 青政发[2014]3号 签发人：王某某、李某", "青政发[2014]3号", "加急", "王某某、李某"),
        ("青政发（2014）3号", "青政发（2014）3号", None, None),
    ],
)
def test_urgency_and_signatory_stand_on_the_line_of_the_number(line, number, urgency, signatory):
    """Are the three told apart however they are set?"""
    document = document_of(f"{line}\n关于召开会议的通知\n各支部：\n{LONG}")
    assert (document.document_number, document.urgency, document.signatory) == (number, urgency, signatory)
    assert document.title == "关于召开会议的通知"


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        ("附件：工作方案", ("工作方案",)),
        ("附件：1.工作方案 2.评分细则", ("工作方案", "评分细则")),
        ("附件：1.工作方案\n2.评分细则\n3.报名表", ("工作方案", "评分细则", "报名表")),
        ("附件1：工作方案", ("工作方案",)),
    ],
)
def test_attachments_are_listed_by_their_titles(lines, titles):
    """Is each attachment named once, without its number?"""
    document = document_of(f"关于召开会议的通知\n各支部：\n{LONG}\n{lines}\n中共青石县委组织部\n2015年1月30日")
    assert document.attachments == titles
    assert document.issuing_authority == "中共青石县委组织部"


CONTENTS = f"""基层党建工作简报
第12期（总第45期）
某市委组织部编 2015年6月1日
【本期要目】
◆甲县推行“三联三帮”工作法……1
◆乙县抓实村级阵地建设……2
甲县推行“三联三帮”工作法
今年以来，甲县坚持问题导向。{LONG}
乙县抓实村级阵地建设
乙县整合各方资金。{LONG}"""

SIGNED = f"""基层党建动态
第12期
中共某市委组织部 2015年6月1日
甲县推行“三联三帮”工作法
今年以来，甲县坚持问题导向，抓好落实。{LONG}
（甲县委组织部）
乙县抓实村级阵地建设
乙县整合各方资金，改善条件。{LONG}
（乙县委组织部）"""


@pytest.mark.parametrize(
    ("text", "authority", "number"),
    [(CONTENTS, "某市委组织部", "第12期（总第45期）"), (SIGNED, "中共某市委组织部", "第12期")],
)
def test_each_item_of_a_bulletin_is_a_document(text, authority, number):
    """Do the items of one issue get their own titles and texts, and all what the masthead says?"""
    documents = documents_of(text, [("title", "窗口标题"), ("published_on", "2015-06-02"), ("remarks", "一列没有读入")])
    assert [one.title for one in documents] == ["甲县推行“三联三帮”工作法", "乙县抓实村级阵地建设"]
    assert {(one.kind.value, one.issuing_authority, one.document_number) for one in documents} == {
        ("bulletin", authority, number)
    }
    assert {(one.issued_on, one.published_on) for one in documents} == {("2015-06-01", "2015-06-02")}
    assert [one.remarks for one in documents] == [("一列没有读入",), ()]
    assert all(
        text[span.start : span.end] == one.text for one in documents for span in [one.source_span(0, len(one.text))]
    )


@pytest.mark.parametrize(
    "text",
    [
        f"工作方案\n目录\n一、总体要求\n二、重点任务\n一、总体要求\n{LONG}\n二、重点任务\n{LONG}",
        f"工作简报\n第12期\n中共某市委组织部 2015年6月1日\n甲县推行新做法\n{LONG}\n（甲县委组织部）",
        f"工作简报\n第12期\n某市委组织部编 2015年6月1日\n本期要目\n甲县推行新做法\n甲县推行新做法\n{LONG}",
    ],
)
def test_a_text_with_a_list_of_contents_or_one_item_stays_whole(text):
    """Is a plan with its own contents, or an issue of one item, one document?"""
    assert len(documents_of(text)) == 1


def test_attachments_below_their_heads_are_documents():
    """Are two attachments split off, so that the notice ends with its signature?"""
    text = (
        f"关于开展评议工作的通知\n各支部：\n{LONG}\n附件：1.工作安排\n2.评分细则\n中共青石县委组织部\n2015年1月30日\n"
        f"附件1\n民主评议党员工作安排\n{LONG}\n一、总体要求\n{LONG}\n附件2\n考核评分细则\n{LONG}{LONG}"
    )
    notice, plan, rules = documents_of(text)
    assert (notice.title, notice.issued_on) == ("关于开展评议工作的通知", "2015-01-30")
    assert (plan.title, rules.title) == ("民主评议党员工作安排", "考核评分细则")
    assert rules.issuing_authority is None


def test_a_short_form_below_its_head_stays_with_its_notice():
    """Is a table to be filled in no document?"""
    text = f"关于报送材料的通知\n各支部：\n{LONG}\n中共青石县委组织部\n2015年1月30日\n附件\n报名表\n姓名 | 单位 | 电话"
    assert len(documents_of(text)) == 1


@pytest.mark.parametrize(
    ("authority", "level"),
    [
        ("中共中央办公厅", "central"),
        ("国务院", "central"),
        ("民政部", "central"),
        ("中共福建省委组织部", "province"),
        ("内蒙古自治区人民政府办公厅", "province"),
        ("省民政厅", "province"),
        ("曲靖市民政局", "prefecture"),
        ("XX市委组织部", "prefecture"),
        ("咸宁市咸安区委组织部", "county"),
        ("奉化市委", "county"),
        ("某县人民政府", "county"),
        ("西园街道党工委", "township"),
        ("大桥镇人民政府", "township"),
        ("红叶社区党总支", "village"),
        ("四川农业大学党委", None),
        ("兰州日报社", None),
        ("领导小组", None),
        ("", None),
    ],
)
def test_the_level_of_an_authority_is_told_by_its_name(authority, level):
    """Is the level that of the division it governs, and none where it governs none?"""
    assert authority_level(Gazetteer.load(), authority, "2012-05") == level


def test_news_have_no_issuing_level():
    """Is a newspaper no authority of its town?"""
    document = document_of(f"青石县推进党建\n兰州日报记者 李明\n近日，{LONG}")
    assert document.kind.value == "news" and document.issuing_level is None


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (LONG, None),
        ("《论语》“仁”——（一）１＋５＋N，①○×★…·", None),
        ("王镕、李喆到硚口区调研", None),
        ("省⍰党建、⍰⍰", "疑似残留损坏：缺字标记⍰ 3 处"),
        ("锟斤拷锟斤拷党建\ufffd", "疑似残留损坏：无法解码的字符 1 处，“锟斤拷” 2 处"),
        ("党建???工作??为什么?真的？", "疑似残留损坏：连续问号 2 处"),
        ("\ue000党建\u200b", "疑似残留损坏：私用区字符 1 处，不可见字符 1 处"),
        ("娕葹為", "疑似残留损坏：GB 2312 以外的汉字 3 处（娕為葹）"),
    ],
)
def test_what_is_left_of_damage_is_counted(text, remark):
    """Does a person learn in one line what to look at, and nothing of a sound text?"""
    assert damage_remark(text) == remark


def test_zones_count_as_places():
    """Are 经开区 and 新区 behind a city places of their own, with the towns below them?"""
    document = document_of(f"武汉经开区与合肥高新区召开会议。{LONG}郑州市高新区枫杨街道红叶社区推进工作。")
    assert {one.full_name for one in document.localities} == {
        "湖北省武汉市经开区",
        "安徽省合肥市高新区",
        "河南省郑州市高新区枫杨街道红叶社区",
    }
