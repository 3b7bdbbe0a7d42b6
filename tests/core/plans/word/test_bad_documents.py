"""Every file that cannot be taken says so in one sentence; macros and traps in a document do nothing."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillapp.core.confined import packed
from drillapp.core.errors import Damaged, DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import use_language
from drillapp.core.plans.word.reading import MAX_HEADINGS, read_word

from .documents import SENTENCE, changed, outline, picture, texts, written

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("zh_CN")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.docx"


def refusal(path: Path, kind: type[DrillappError] = InvalidInput) -> str:
    with pytest.raises(DrillappError) as refused:
        read_word(path)
    assert type(refused.value) is kind
    assert refused.value.hint
    assert "\n" not in refused.value.message
    return refused.value.message


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\x00\xff", b"{\\rtf1 text}", b"<html><p>1</p></html>", os.urandom(4000)]
)
def test_something_else_is_no_document(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "不是可以读取的 Word 文档" in refusal(path)


def test_other_archives_are_no_documents(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("xl/workbook.xml", "<workbook/>")
    assert "不是可以读取的 Word 文档" in refusal(path)
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("word/document.xml", "<w/>")
    assert "不是可以读取的 Word 文档" in refusal(path)


def test_documents_of_the_old_form_and_under_a_password(path: Path) -> None:
    path.write_bytes(OLE + bytes(2000) + "WordDocument".encode("utf-16-le") + bytes(2000))
    assert "旧格式（.doc）" in refusal(path)
    path.write_bytes(OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
    assert "密码" in refusal(path)
    path.write_bytes(OLE + bytes(2000))
    assert "不是可以读取的 Word 文档" in refusal(path)


def test_missing_empty_and_held_files(path: Path) -> None:
    assert "没有文件" in refusal(path, NotFound)
    path.touch()
    assert "空文件" in refusal(path)
    assert "不是可以读取的 Word 文档" in refusal(path.parent)
    written(path, ["1 总则", SENTENCE])
    path.with_name(f"~${path.name}").touch()
    refusal(path, Unavailable)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_document(path: Path, share: float) -> None:
    content = written(path, [SENTENCE] * 200).read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "不完整" in refusal(path, Damaged)


def test_a_document_with_a_damaged_middle_or_broken_xml(path: Path) -> None:
    content = bytearray(written(path, [SENTENCE] * 2000).read_bytes())
    with zipfile.ZipFile(path) as file:
        start = file.getinfo("word/document.xml").header_offset
    content[start + 300 : start + 700] = bytes(400)
    path.write_bytes(content)
    assert "不完整" in refusal(path, Damaged)
    changed(written(path, [SENTENCE]), "word/document.xml", lambda xml: xml[: len(xml) // 2])
    assert "不完整" in refusal(path, Damaged)


def test_macros_are_left_out_and_told(path: Path) -> None:
    written(path, ["1 总则", SENTENCE])
    changed(path, "word/vbaProject.bin", lambda _old: OLE + bytes(100))
    document = read_word(path.rename(path.with_suffix(".docm")))
    assert outline(document) == [(1, "1", "总则")]
    assert any("宏" in each for each in document.told)


def test_only_pictures(path: Path) -> None:
    from io import BytesIO

    written(path, [], lambda word: [word.add_picture(BytesIO(picture(colour))) for colour in ("navy", "red")])
    assert "扫描件" in refusal(path)
    assert "没有文字" in refusal(written(path, ["", "　"]))


def test_too_many_headings(path: Path) -> None:
    def many(xml: bytes) -> bytes:
        heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>标题</w:t></w:r></w:p>'
        return xml.replace(b"<w:body>", f"<w:body>{heading * 5_000}".encode())

    message = refusal(changed(written(path, [SENTENCE]), "word/document.xml", many))
    assert "5,000" in message
    assert f"{MAX_HEADINGS:,}" in message


def test_a_bomb_of_zeros(path: Path) -> None:
    written(path, [SENTENCE])
    changed(path, "word/media/image1.png", lambda _old: bytes(64 * 1024 * 1024))
    assert "解压后过大" in refusal(path)


def test_too_many_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_ENTRIES", 5)
    assert "解压后过大" in refusal(written(path, [SENTENCE]))


@pytest.mark.parametrize(("encoding", "kind"), [("utf-8", InvalidInput), ("utf-16", Damaged)])
def test_a_bomb_of_entities(path: Path, encoding: str, kind: type[DrillappError]) -> None:
    def bomb(xml: bytes) -> bytes:
        text = xml.decode().replace(SENTENCE, "&a9;")
        head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "boom">{ENTITIES.decode()}]>'
        return (head + text.partition("?>")[2]).encode(encoding)

    changed(written(path, [SENTENCE]), "word/document.xml", bomb)
    assert refusal(path, kind)


def test_tables_and_lists_that_lie_about_their_size(path: Path) -> None:
    def lying(xml: bytes) -> bytes:
        return xml.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>').replace(
            b"<w:p>", b'<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        )

    written(path, ["1 总则", SENTENCE], lambda word: setattr(word.add_table(1, 1).cell(0, 0), "text", "格"))
    assert texts(read_word(changed(path, "word/document.xml", lying)))


def test_styles_that_are_based_on_each_other(path: Path) -> None:
    written(path, ["1 总则", SENTENCE])
    changed(path, "word/styles.xml", lambda xml: xml.replace(
        b'<w:basedOn w:val="Normal"/>', b'<w:basedOn w:val="Heading1"/>'))  # fmt: skip
    assert outline(read_word(path)) == [(1, "1", "总则")]
