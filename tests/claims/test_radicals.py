"""Radicals that PDF writers leave in place of characters are read as those characters."""

from __future__ import annotations

from hefa.claims.radicals import characters


def test_radicals_become_the_characters_they_stand_for() -> None:
    read = characters("甲⽅：中华⼈⺠共和国⼄⽅⾃⽇起⾄⽌⽀付⻓⻋⻔")
    assert read == "甲方：中华人民共和国乙方自日起至止支付长车门"


def test_the_length_and_all_else_stay() -> None:
    text = "2026 年 1 ⽉ 6 ⽇，¥96,000.00（玖万陆仟元整）"
    assert len(characters(text)) == len(text)
    assert characters("合同总价") == "合同总价"
