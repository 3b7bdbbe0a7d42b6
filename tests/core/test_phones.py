"""Which of the things that people write into a field for a phone can be called."""

from __future__ import annotations

import pytest

from drillapp.core.phones import is_phone, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("010-83976000", ("01083976000",)),
        ("（010）8397 6000", ("01083976000",)),
        ("０１０－８３９７６０００", ("01083976000",)),
        ("83976000转8012", ("83976000,8012",)),
        ("010-83976000-8012", ("01083976000,8012",)),
        ("13911112222", ("13911112222",)),
        ("+86 139 1111 2222", ("8613911112222",)),
        ("13911112222/83976000", ("13911112222", "83976000")),
        ("13911112222 83976000", ("13911112222", "83976000")),
        ("值班室：83976000；夜间13911112222", ("83976000", "13911112222")),
        ("400-818-9696", ("4008189696",)),
        ("119", ("119",)),
        ("12345", ("12345",)),
        ("96777", ("96777",)),
        ("内线 6012", ("6012",)),
    ],
)
def test_a_number_is_found_as_people_write_it(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("text", ["", "待定", "无", "1391111222", "139111122223", "12", "某某", "0", "—"])
def test_what_cannot_be_called_is_no_phone(text: str) -> None:
    assert not is_phone(text)
