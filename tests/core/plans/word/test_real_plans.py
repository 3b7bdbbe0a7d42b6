"""Real plans come in right, heading by heading and paragraph by paragraph; where they are not at hand, look-alikes do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drillapp.core.plans.content import Paragraph
from drillapp.core.plans.word.document import WordDocument
from drillapp.core.plans.word.reading import read_word

from .documents import SENTENCE, outline, written

PLANS = Path(__file__).parents[5] / "shared" / "data" / "plans"
NUMBER = re.compile(r"(\d+(?:\.\d+)*)　(\S+)")


def lines_of(document: WordDocument) -> list[str]:
    """Every line as it stood in the document."""
    return [
        line.number + line.gap + line.block.text
        for line in document.lines
        if isinstance(line.block, Paragraph)
    ]


def check_against(document: WordDocument, lines: list[str]) -> None:
    """The lines are all there, and exactly the numbered short ones are headings, as deep as their numbers."""
    assert lines_of(document) == lines
    wanted = [NUMBER.fullmatch(line) for line in lines]
    assert outline(document) == [(found[1].count(".") + 1, found[1], found[2]) for found in wanted if found]


def test_the_state_plan() -> None:
    path = PLANS / "国家突发事件总体应急预案2025.docx"
    if not path.exists():
        pytest.skip(f"{path} is not here: a public document that is not part of the project")
    text = path.with_suffix(".md").read_text(encoding="utf-8")
    lines = [line.strip("* ").removeprefix("# ") for line in text.splitlines() if line.strip("* ")]
    document = read_word(path)
    assert document.title == "国家突发事件总体应急预案"
    check_against(document, lines[1:])
    assert len(outline(document)) == 38


def test_a_plan_like_the_state_plan(tmp_path: Path) -> None:
    lines = [
        "|", f"某社某地2月25日电，{SENTENCE}", "《某地突发事件总体应急预案》主要内容如下。",
        "1　总则", "1.1　总体要求", SENTENCE, "1.2　分类分级", SENTENCE, "（1）自然灾害。主要包括水旱、气象灾害等。",
        "（2）事故灾难。主要包括生产安全事故等。", SENTENCE, "2　运行机制", "2.1　监测与预警", "2.1.1　监测", SENTENCE,
        "2.1.2　预警", "（1）预警信息发布。" + SENTENCE, SENTENCE, "2.2　处置", "需要应对时，主要采取以下措施：",
        "（1）组织协调有关地区参与救援；", "（2）报告进展情况；", "（3）研究其他重大事项。", "3　应急保障", SENTENCE,
    ]  # fmt: skip

    def fill(word: object) -> None:
        word.paragraphs[0].insert_paragraph_before("某机关印发《某地突发事件总体应急预案》", "Heading 1")  # type: ignore[attr-defined]

    document = read_word(written(tmp_path / "plan.docx", lines, fill))
    assert document.title == "某地突发事件总体应急预案"
    check_against(document, lines)


def outlines() -> list[list[str]]:
    """The outlines of the Beijing flood plans, each without what stands around it."""
    path = PLANS / "北京防汛预案_目录摘录.txt"
    if not path.exists():
        return []
    found = []
    for part in path.read_text(encoding="utf-8").split("## 来源")[1:]:
        lines = [line.strip() for line in part.splitlines()[1:] if line.strip()]
        begin = next(place for place, line in enumerate(lines) if re.match(r"1\s*[总總]", line))
        end = next((place for place, line in enumerate(lines) if place > begin and line == "1.1指导思想" and
                    place > begin + 1), len(lines))  # fmt: skip
        found.append(lines[begin:end])
    return found


@pytest.mark.parametrize("with_contents", [False, True], ids=["body", "contents and body"])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_the_outlines_of_the_beijing_flood_plans(tmp_path: Path, which: int, with_contents: bool) -> None:
    if not outlines():
        pytest.skip(
            "the collection of outlines is not here: public documents that are not part of the project"
        )
    entries = outlines()[which]
    body = [line for entry in entries for line in (entry, SENTENCE)]
    document = read_word(
        written(tmp_path / "plan.docx", ["目 录", *entries, *body] if with_contents else body)
    )
    assert len(outline(document)) == len(entries)
    for (level, number, title), entry in zip(outline(document), entries, strict=True):
        assert number + title == entry.replace(" ", "")
        assert level == (2 if number.startswith("附件") else number.count(".") + 1)


def test_outlines_whose_numbers_stand_close_to_their_titles(tmp_path: Path) -> None:
    entries = [
        "1总则",
        "1.1指导思想",
        "1.2 编制依据",
        "2 组织指挥体系",
        "2.1市防汛指挥部",
        "3附件",
        "附件1职责分工",
    ]
    document = read_word(
        written(tmp_path / "plan.docx", [line for entry in entries for line in (entry, SENTENCE)])
    )
    assert outline(document) == [
        (1, "1", "总则"), (2, "1.1", "指导思想"), (2, "1.2", "编制依据"), (1, "2", "组织指挥体系"),
        (2, "2.1", "市防汛指挥部"), (1, "3", "附件"), (2, "附件1", "职责分工")]  # fmt: skip
