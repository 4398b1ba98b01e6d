"""Personal data: encrypted, masked, indexed blind; identity numbers and credit codes checked by their standards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hefa.kernel import personal
from hefa.kernel.personal import blind, decrypt, digest, encrypt, id_no_fault, is_credit_code, mask, phone_fault

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.fixture
def another_secret(settings: Any) -> Iterator[None]:
    def forget() -> None:
        personal._key.cache_clear()
        personal._cipher.cache_clear()

    settings.HEFA_SECRET = "another secret"
    forget()
    yield
    forget()


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_what_is_encrypted_comes_back(text: str) -> None:
    stored = encrypt(text)
    assert decrypt(stored) == text
    assert stored.isascii() and (text == "" or text not in stored or len(text) < 4)
    assert encrypt(text) != stored or text == ""


@given(st.text("张三李四", min_size=1), st.data())
def test_an_altered_cipher_does_not_open(text: str, data: st.DataObject) -> None:
    stored = encrypt(text)
    at = data.draw(st.integers(3, len(stored) - 4))
    other = data.draw(st.sampled_from("ABCDxyz0189-_"))
    assume(stored[at] != other)
    with pytest.raises(ValueError):
        decrypt(stored[:at] + other + stored[at + 1 :])


@pytest.mark.parametrize("stored", ["a1:", "a1:A", "a1:AAAA", "plain text", "a1:汉字", "x" * 300])
def test_what_was_never_encrypted_does_not_open(stored: str) -> None:
    with pytest.raises(ValueError):
        decrypt(stored)


def test_another_secret_opens_nothing_and_marks_otherwise(request: pytest.FixtureRequest) -> None:
    personal._key.cache_clear()
    personal._cipher.cache_clear()
    stored, mark, index = encrypt("张三"), personal.mark("1:x"), blind("张三")
    request.getfixturevalue("another_secret")
    with pytest.raises(ValueError, match="密钥"):
        decrypt(stored)
    assert personal.mark("1:x") != mark and blind("张三") != index
    assert personal.PersonalField().from_db_value(stored, None, None) == personal.UNREADABLE


def test_a_digest_needs_its_salt() -> None:
    assert digest("a", "张三") == digest("a", "张三") != digest("b", "张三")
    assert digest("a", [{"name": "张三", "side": "x"}]) == digest("a", [{"side": "x", "name": "张三"}])
    assert digest("a", "") != digest("a", None)


def test_the_blind_index_finds_equals_and_tells_nothing() -> None:
    assert blind(" 99000019800101001x ") == blind("99000019800101001X")
    assert blind("张三") != blind("张四") and len(blind("张三")) == 24
    assert blind("") == ""


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("id_no", "11010519491231002X", "1101**********002X"),
        ("phone", "13800138000", "138****8000"),
        ("phone", "12345", "****"),
        ("name", "张三", "张*"),
        ("name", "欧阳某某", "欧***"),
        ("name", "宁波某某建设有限公司", "宁波******公司"),
        ("address", "中河街道飞虹社区飞虹路 1 弄 2 号", "中河街***"),
        ("text", "楼上漏水", "（内容已隐藏）"),
        ("name", "", ""),
    ],
)
def test_masks(kind: str, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


@given(st.sampled_from(["name", "id_no", "phone", "address", "text"]), st.text("张三路社区0123456789X", min_size=2))
def test_a_mask_never_shows_all(kind: str, text: str) -> None:
    assert mask(kind, text) != text
    assert "*" in mask(kind, text) or "隐藏" in mask(kind, text)


def test_identity_numbers_of_the_standard() -> None:
    assert id_no_fault("11010519491231002X") is None
    assert id_no_fault("11010519491231002x") is None
    for wrong in ("110105194912310020", "11010519491331002X", "11010519490230002X", "1101051949123100", "",
                  "11010518001231002X", "11010529991231002X", "１１０１０５１９４９１２３１００２X"):  # fmt: skip
        assert id_no_fault(wrong), wrong


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: Any, order: int, at: int, by: int) -> None:
    body = f"990000{born:%Y%m%d}{order:03d}"
    number = body + "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, body, strict=True)) % 11]
    assert id_no_fault(number) is None
    if at < 17:
        wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
        assert id_no_fault(wrong)


def test_credit_codes_of_the_standard() -> None:
    assert is_credit_code("91350100M000100Y43") and id_no_fault("91350100M000100Y43") is None
    for wrong in ("91350100M000100Y44", "91350100M000100Y4", "91350100M000100I43", "91350100m000100y43"):
        assert not is_credit_code(wrong), wrong


@given(st.text(CODE_SIGNS, min_size=9, max_size=9), st.integers(0, 16), st.sampled_from(CODE_SIGNS))
def test_credit_codes_find_one_wrong_sign(tail: str, at: int, sign: str) -> None:
    body = "91330212" + tail
    check = CODE_SIGNS[-sum(CODE_SIGNS.index(c) * 3**n for n, c in enumerate(body)) % 31]
    assert is_credit_code(body + check)
    if body[at] != sign:
        assert not is_credit_code(body[:at] + sign + body[at + 1 :] + check)


def test_telephones() -> None:
    for right in ("13800000001", "0574-88880000", "057488880000", "88880000", "12345"):
        assert phone_fault(right) is None, right
    for wrong in (
        "1380000000",
        "23800000001",
        "",
        "电话",
        "138000000011",
        "0574--88880000",
        "１３８００００００００１",
    ):
        assert phone_fault(wrong), wrong
