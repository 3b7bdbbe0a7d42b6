"""The sample's files: what they look like from outside."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

_LARGEST = 2_500_000
"""In bytes: two years of the drills that the rules ask for, a school's each month, are a quarter of it."""
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_PHONE = re.compile(r"010-0066\d{4}")


def test_making_the_sample_again_gives_the_same_files(root, samples, tmp_path):
    subprocess.run([sys.executable, str(root / "packaging" / "make_sample.py"), str(tmp_path)], check=True)
    made = sorted(tmp_path.glob("*.csv"))
    assert made
    for file in made:
        assert file.read_bytes() == (samples / file.name).read_bytes(), (
            f"{file.name}: run packaging/make_sample.py"
        )


def test_the_sample_stays_small(samples):
    assert sum(file.stat().st_size for file in samples.iterdir()) <= _LARGEST


def test_files_open_in_excel_with_their_chinese(samples, kind):
    assert (samples / f"{kind}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_required_cells_are_filled(kind, ledger, fields):
    rows = ledger(kind)
    assert rows
    for field in fields(kind):
        if field.get("required"):
            assert all(row[field["name"]] for row in rows), field["name"]


def test_keys_are_unique(kind, ledger, fields):
    keys = [tuple(row[field["name"]] for field in fields(kind) if field.get("key")) for row in ledger(kind)]
    assert len(keys) == len(set(keys))


def test_choices_are_words_of_the_program(kind, ledger, fields, codes):
    for field in fields(kind):
        enumeration = "yes_no" if field["type"] == "flag" else field.get("enumeration")
        if enumeration:
            words = {word for row in ledger(kind) for word in row[field["name"]].split("、") if word}
            assert {word for word in words if codes(enumeration, word) is None} == set(), field["name"]


@pytest.mark.parametrize("number", ["13800001234", "138-0000-1234", "138 0000 1234", "+8619912345678"])
def test_the_pattern_knows_a_mobile_number(number):
    assert _MOBILE.search(number.removeprefix("+86"))


def test_no_mobile_number_stands_anywhere(kind, ledger):
    found = [cell for row in ledger(kind) for cell in row.values() if _MOBILE.search(cell)]
    assert found == []


@pytest.mark.parametrize("kind", ["people", "storehouses", "teams"])
def test_telephone_numbers_can_be_nobodys(kind, ledger):
    """No subscriber's number in Beijing begins with 0."""
    assert all(_PHONE.fullmatch(row["phone"]) for row in ledger(kind))
