"""What the papers about plans say and how they look, from plain values."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import msgspec
import pypdfium2
import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.reports.assessment_report import (
    AssessedGroup,
    AssessedItem,
    AssessmentReport,
    render_assessment_report,
)
from drillapp.core.reports.contact_directory import (
    ContactDirectory,
    DirectoryGroup,
    DirectoryLine,
    render_contact_directory,
)
from drillapp.core.reports.filing_papers import (
    FiledPlan,
    Filer,
    FilingApplication,
    FilingReceipt,
    Material,
    render_filing_application,
    render_filing_receipt,
)
from drillapp.core.reports.plan_catalogue import (
    CatalogueGroup,
    CatalogueLine,
    Matrix,
    PlanCatalogue,
    render_plan_catalogue,
)
from drillapp.core.reports.response_sheet import (
    Caller,
    ResponseSheet,
    SheetAction,
    SheetLevel,
    render_response_sheet,
)
from drillapp.core.reports.revision_notice import NoticeChange, RevisionNotice, render_revision_notice
from tests.core.reports.paper import picture, texts

DAY = date(2026, 11, 24)


def line(number: int) -> CatalogueLine:
    return CatalogueLine(
        f"P{number:04}", f"防汛预案{number}", "德胜街道", "街道级\n专项预案", "2026版", "现行有效",
        date(2026, 3, 1), date(2026, 3, 20), f"备{number}号",
    )  # fmt: skip


def test_the_catalogue_counts_and_lists_every_plan_once() -> None:
    groups = (
        CatalogueGroup("德胜街道", tuple(map(line, range(60)))),
        CatalogueGroup("什刹海街道", (line(99),)),
    )
    matrix = Matrix(("专项预案", "综合预案"), (("街道级", (61, 0)), ("单位级", (0, 2))))
    pdf = BytesIO()
    made = render_plan_catalogue(
        PlanCatalogue("局", "西城区应急预案目录（按属地）", DAY, 63, matrix, groups), pdf
    )
    pages = texts(pdf)
    text = "".join(pages)
    assert made.missing == ()
    assert "共63个预案截至2026年11月24日" in text
    assert "街道级61—61单位级—22合计61263" in text
    assert "德胜街道（60个）" in text
    assert all(text.count(f"P{number:04}") == 1 for number in (*range(60), 99))
    assert all("序号预案编号预案名称" in page for page in pages)
    assert text.index("P0059") < text.index("什刹海街道（1个）") < text.index("P0099")


FILER = Filer("北京𠮷祥加油站", "德胜门外大街1号", "危险化学品", "王䶮", "刘洋", "010-83976000")
PLAN = FiledPlan("E-1", "生产安全事故综合应急预案", "2026版", "单位级 综合预案", date(2026, 9, 25))
APPLICATION = FilingApplication(
    "生产安全事故应急预案备案申报表", FILER, PLAN, "西城区应急管理局", "市应急局", "西城区商务局", "办法第26条",
    (Material("评审意见", True), Material("风险评估结果和应急资源调查清单", False)), DAY, date(2026, 10, 29), True,
)  # fmt: skip


def test_an_application_for_filing_says_who_files_what_with_whom_by_when() -> None:
    pdf = BytesIO()
    made = render_filing_application(APPLICATION, pdf)
    (text,) = texts(pdf)
    assert made.missing == ()
    for part in (
        "单位名称北京𠮷祥加油站", "联系人刘洋联系电话010-83976000", "预案编号E-1版本2026版", "公布日期2026年9月25日",
        "备案期限2026年10月29日（推算：该年度放假安排尚未公布）", "西城区应急管理局：",
        "根据办法第26条，现将我单位编制的《生产安全事故综合应急预案》（2026版）报上，请予备案。径送市应急局。抄送西城区商务局。",
        "1评审意见已备", "2风险评估结果和应急资源调查清单未备", "北京𠮷祥加油站2026年11月24日",
    ):  # fmt: skip
        assert part in text


RECEIPT = FilingReceipt(
    "生产安全事故应急预案备案登记表", "西城区应急管理局", FILER, PLAN, "110102-2026-17", date(2026, 10, 20),
    date(2026, 10, 23), "accepted", (), "办法第28条",
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "missing", "said"),
    [
        ("accepted", (), "材料齐全，符合要求，准予备案。"),
        ("incomplete", ("评审意见", "电子文档"), "现一次性告知需要补齐的材料：1.评审意见2.电子文档"),
        ("silent", (), "逾期未予备案且未说明理由，视为已经备案。"),
    ],
)
def test_a_receipt_says_how_the_filing_was_answered(answer: str, missing: tuple[str, ...], said: str) -> None:
    pdf = BytesIO()
    render_filing_receipt(msgspec.structs.replace(RECEIPT, answer=answer, missing=missing), pdf)
    (text,) = texts(pdf)
    assert said in text
    assert ("备案编号：110102-2026-17" in text) == (answer != "incomplete")
    assert "西城区应急管理局2026年10月23日" in text
    assert ("准予备案" in text) == (answer == "accepted")


def test_a_directory_gives_command_and_contacts_plan_by_plan() -> None:
    roster = tuple(DirectoryLine(f"人{n:02}", "组员", "街道", f"8397{n:04}") for n in range(50))
    contacts = (DirectoryLine("值班室", "值班员", "区应急局", "010-1", "报告"),)
    groups = (
        DirectoryGroup("《防汛预案》P-1（2026版）", "德胜街道", roster, contacts),
        DirectoryGroup("《消防预案》P-2", "德胜街道", (), contacts),
    )
    pdf = BytesIO()
    render_contact_directory(ContactDirectory("局", "应急通讯录", DAY, groups), pdf)
    text = "".join(texts(pdf))
    assert all(text.count(f"人{n:02}") == 1 for n in range(50))
    assert text.count("1区应急局值班室值班员010-1报告") == 2
    assert "不得外传" in text


def test_an_empty_directory_says_so() -> None:
    pdf = BytesIO()
    render_contact_directory(ContactDirectory("局", "应急通讯录", DAY, ()), pdf)
    assert "现行预案中未登记指挥人员和联系人。" in "".join(texts(pdf))


def sheet(levels: int = 3, actions: int = 3, size: str = "a3", callers: int = 3) -> ResponseSheet:
    steps = tuple(
        SheetAction(f"第{n}项行动通知社区清理雨水篦子并转移低洼院落居民", "社区居委会", (0, 30, None)[n % 3])
        for n in range(actions)
    )
    names = "一二三四五六七"
    return ResponseSheet(
        "德胜街道", "防汛应急预案响应级别", "P-1", "2026版", "德胜街道", DAY,
        tuple(SheetLevel(f"{names[n]}级响应", f"发布{n}色预警", f"主任{n}", steps) for n in range(levels)),
        tuple(Caller("总指挥", "王䶮", f"8397600{n}") for n in range(callers)), size,
    )  # fmt: skip


@pytest.mark.parametrize(("size", "millimetres"), [("a3", (420, 297)), ("a4", (297, 210))])
def test_the_levels_stand_on_one_sheet_laid_across(size: str, millimetres: tuple[int, int]) -> None:
    pdf = BytesIO()
    made = render_response_sheet(sheet(size=size), pdf)
    (text,) = texts(pdf)
    document = pypdfium2.PdfDocument(pdf.getvalue())
    assert tuple(round(side / 72 * 25.4) for side in document[0].get_size()) == millimetres
    assert made.pages == 1
    for part in (
        "一级响应",
        "三级响应",
        "发布2色预警",
        "主任1",
        "立即",
        "30分钟内",
        "总指挥王䶮",
        "83976002",
    ):
        assert part in text
    assert text.count("第2项行动") == 3


@pytest.mark.parametrize("levels", [1, 2, 4, 6])
def test_no_ink_runs_over_the_edge_of_the_sheet(levels: int) -> None:
    pdf = BytesIO()
    render_response_sheet(sheet(levels, 5), pdf)
    image = picture(pdf, scale=1).convert("L")
    width, height = image.size
    edge = round(height * 0.03)
    frame = [
        (0, 0, width, edge), (0, height - edge, width, height), (0, 0, edge, height), (width - edge, 0, width, height),
    ]  # fmt: skip
    assert all(image.crop(box).getextrema() == (255, 255) for box in frame)


def test_text_that_does_not_fit_is_refused_by_its_level_and_not_cut() -> None:
    long = sheet(4, 40)
    with pytest.raises(InvalidInput, match="一级响应") as refused:
        render_response_sheet(long, BytesIO())
    assert "更大的纸张" in refused.value.hint


def test_a_plan_without_levels_has_no_sheet() -> None:
    with pytest.raises(InvalidInput, match="P-1"):
        render_response_sheet(sheet(0), BytesIO())
    with pytest.raises(InvalidInput, match="7个"):
        render_response_sheet(sheet(7), BytesIO())


def test_more_people_than_fit_are_counted() -> None:
    pdf = BytesIO()
    render_response_sheet(sheet(callers=15), pdf)
    assert "应急联络（另有3人见预案通讯录）" in "".join(texts(pdf))


NOTICE = RevisionNotice(
    "德胜街道", "德胜街道\n关于修订《防汛应急预案》的通知", "防汛应急预案", "P-1", "2024版", "2026版", DAY, date(2026, 6, 1),
    ("上位预案重大变化",), "调整指挥机构。", (NoticeChange("2 组织", "修改", "主任担任。", "书记担任。"),), 4, True, "办法第37条",
)  # fmt: skip


@pytest.mark.parametrize(
    ("again", "said"), [(True, "应当重新备案（办法第37条）"), (False, "可不重新备案"), (None, "涉及")]
)
def test_a_notice_says_why_what_and_what_follows(again: bool | None, said: str) -> None:
    pdf = BytesIO()
    render_revision_notice(msgspec.structs.replace(NOTICE, files_again=again), pdf)
    text = "".join(texts(pdf))
    for part in (
        "由2026版替代2024版。新版本自2026年6月1日起施行。", "本次修订的原因是：上位预案重大变化。", "调整指挥机构。",
        "12组织修改主任担任。书记担任。", "另有4个章节仅调整编号。", said,
    ):  # fmt: skip
        assert part in text


def test_an_assessment_report_gives_every_item_its_result() -> None:
    items = (
        AssessedItem("电话是否准确", True, "已变更"),
        AssessedItem("职责有无调整", False),
        AssessedItem("其他", None),
    )
    report = AssessmentReport(
        "德胜街道", "德胜街道\n关于《防汛预案》的评估报告", "防汛预案", "P-1", "2024版", "德胜街道", date(2026, 11, 2), DAY,
        ("王䶮", "刘洋"), "YJ/T 9011-2019", "", "查阅资料。", (AssessedGroup("组织机构与职责", items),), "revise", "更新名册。",
    )  # fmt: skip
    pdf = BytesIO()
    render_assessment_report(report, pdf)
    text = "".join(texts(pdf))
    for part in (
        "评估日期2026年11月2日评估结论需修订", "评估人员王䶮、刘洋", "评估表共3项，需修订1项，未评估1项。",
        "组织机构与职责电话是否准确需修订已变更", "职责有无调整不需修订", "其他—", "经评估，本预案需要修订", "更新名册。",
    ):  # fmt: skip
        assert part in text
    keep = BytesIO()
    render_assessment_report(msgspec.structs.replace(report, conclusion="keep"), keep)
    assert "不需要修订，继续施行" in "".join(texts(keep))


def test_the_papers_are_english_where_english_is_spoken() -> None:
    use_language("en")
    pdf = BytesIO()
    render_filing_application(APPLICATION, pdf)
    assert "Documentshandedin" in "".join(texts(pdf))
