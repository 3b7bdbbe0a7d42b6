"""Files of a drill: photographs and scans up to the limit; one that is too large costs no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from drillapp.core.attachments.store import content_of
from drillapp.core.drills.record.files import add_file, add_files, change_file, remove_file
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from tests.core.drills.record.recorded import drill


def huge(path: Path, size: int = 200_000_000) -> Path:
    """A file of that size that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_files_are_kept_each_as_what_it_is(office: Office, tmp_path: Path) -> None:
    key = drill(office)
    photo, minutes = tmp_path / "现场.jpg", tmp_path / "签到.pdf"
    photo.write_bytes(b"\xff\xd8picture")
    minutes.write_bytes(b"%PDF")
    assert add_files(office, key, [photo]).refused == ()
    add_files(office, key, [minutes], "sign_in")
    found = drill_record(office, key).files
    assert [(one.kind, one.name, one.size) for one in found] == [
        ("photo", "现场.jpg", 9),
        ("sign_in", "签到.pdf", 4),
    ]
    assert content_of(office, found[0].digest) == b"\xff\xd8picture"


def test_a_file_of_200_mb_is_refused_unread_and_nothing_else_is_lost(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = drill(office)
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"x")
    video, empty, none = huge(tmp_path / "video.mp4"), tmp_path / "empty.jpg", tmp_path / "none.jpg"
    empty.touch()
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: read.append(self.name) or whole(self))
    added = add_files(office, key, [video, empty, none, photo])
    assert read == ["a.jpg"]
    assert len(added.ids) == 1
    assert [(one.name, one.message) for one in added.refused] == [
        ("video.mp4", "The file has 200 MB; at most 20 MB can be kept."),
        ("empty.jpg", "The file is empty."),
        ("none.jpg", "'none.jpg' cannot be read."),
    ]
    assert [one.name for one in drill_record(office, key).files] == ["a.jpg"]


def test_a_file_is_renamed_and_taken_away_while_its_bytes_stay(office: Office) -> None:
    key = drill(office)
    one, _changes = add_file(office, key, "a.png", b"1", "image/png")
    two, _changes = add_file(office, key, "b.png", b"1", "image/png")
    change_file(office, one, kind="evaluation", name="评估.png")
    assert drill_record(office, key).files[0].kind == "evaluation"
    remove_file(office, one)
    (left,) = drill_record(office, key).files
    assert (left.id, content_of(office, left.digest)) == (two, b"1")
    with pytest.raises(NotFound):
        remove_file(office, one)
    with pytest.raises(NotFound):
        change_file(office, one, kind="photo", name="x")


def test_wrong_kinds_and_names_are_refused(office: Office) -> None:
    key = drill(office)
    for name, kind in (("a", "film"), (" ", "photo"), ("x" * 5000, "photo")):
        with pytest.raises(InvalidInput):
            add_file(office, key, name, b"1", "image/png", kind)
    with pytest.raises(NotFound):
        add_file(office, key + 1, "a", b"1", "image/png")
    assert drill_record(office, key).files == ()
