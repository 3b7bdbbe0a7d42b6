"""Which of the things that people write into a field for a phone can be called."""

from __future__ import annotations

import pytest

from drillapp.core.phones import doubt_of, is_phone, is_usual, numbers_in


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


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("139O1234567", "13901234567"),
        ("l3912345678", "13912345678"),
        ("139I2345678", "13912345678"),
        ("010-8397600O", "010-83976000"),
        ("张三 139o1234567", "13901234567"),
        ("１３９Ｏ１２３４５６７", "13901234567"),
    ],
)
def test_letters_that_look_like_digits_are_seen(text: str, meant: str) -> None:
    found = doubt_of(text)
    assert found is not None
    assert found == ("letters", meant)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1391234567", "digits"),
        ("139123456789", "digits"),
        ("139-1234-567", "digits"),
        ("13912345678/1391234567", "digits"),
        ("13912345678 1391234567", "digits"),
        ("010-8397600", "digits"),
        ("01083976000000", "digits"),
        ("139A1234567", "digits"),
        ("12", "digits"),
        ("张三", "none"),
        ("待补充", "none"),
    ],
)
def test_what_is_hardly_a_phone_is_seen(text: str, why: str) -> None:
    found = doubt_of(text)
    assert found is not None
    assert found.why == why
    assert not is_usual(text)


@pytest.mark.parametrize(
    "text",
    [
        "13912345678",
        "010-83976000",
        "01083976000",
        "010-00665859",
        "（010）8397 6000",
        "0311-8397600",
        "0311-83976000",
        "+86 139 1111 2222",
        "139 1111 2222 010-83976000",
        "83976000转8012",
        "010-83976000-8012",
        "83976000 ext. 8012",
        "83976000x8012",
        "张三：13912345678、李四：13912345679",
        "400-818-9696",
        "119",
        "95598",
        "内线 6012",
        "138****1234",
        "1XXXXXXXXXX",
        "24小时值班 83976000",
    ],
)
def test_a_phone_as_people_write_it_is_not_doubted(text: str) -> None:
    assert doubt_of(text) is None
