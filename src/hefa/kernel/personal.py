"""Personal data: encrypted at rest, masked on screen, only a salted digest in the ledger."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_MARK = "a1:"
UNREADABLE = "〔无法解密〕"


@lru_cache(maxsize=8)
def _key(purpose: str) -> bytes:
    """A 256-bit key for one purpose, derived from the site's secret."""
    return hmac.new(settings.HEFA_SECRET.encode(), purpose.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=8)
def _cipher(purpose: str) -> AESGCM:
    return AESGCM(_key(purpose))


def encrypt(text: str) -> str:
    """Ciphertext of `text`, url-safe; the empty string stays empty."""
    if not text:
        return ""
    nonce = os.urandom(12)
    return _MARK + base64.urlsafe_b64encode(nonce + _cipher("field").encrypt(nonce, text.encode(), None)).decode()


def decrypt(stored: str) -> str:
    """The text behind `stored`. ValueError when it was altered or the site's secret is another."""
    if not stored:
        return ""
    raw = base64.urlsafe_b64decode(stored[len(_MARK) :])
    try:
        return _cipher("field").decrypt(raw[:12], raw[12:], None).decode()
    except InvalidTag:
        raise ValueError("加密内容无法解开：数据被改动，或站点密钥与写入时不同") from None


def mark(text: str) -> str:
    """A keyed mark over `text`: only this site can make it."""
    return hmac.new(_key("mark"), text.encode(), hashlib.sha256).hexdigest()


def blind(text: str) -> str:
    """A keyed index of a personal value: finds equal values without storing any."""
    return hmac.new(_key("blind"), text.strip().upper().encode(), hashlib.sha256).hexdigest()[:24] if text else ""


def digest(salt: str, value: Any) -> str:
    """What the ledger keeps of a personal answer; useless once the salt is erased."""
    body = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return "sha256:" + hashlib.sha256(salt.encode() + body).hexdigest()


HIDDEN = "（内容已隐藏）"


def mask(kind: str, text: str) -> str:
    """What the screen shows of a personal value until somebody states a purpose."""
    if not text:
        return ""
    if kind == "name":
        return text[0] + "*" * (len(text) - 1) if len(text) <= 4 else text[:2] + "*" * (len(text) - 4) + text[-2:]
    if kind == "id_no":
        return text[:4] + "*" * max(len(text) - 8, 1) + text[-4:]
    if kind == "phone":
        return text[:3] + "****" + text[-4:] if len(text) >= 8 else "****"
    if kind == "address":
        found = re.match(r".*?(?:社区|小区|村|路|街|弄)", text)
        return (found.group() if found else text[:4]) + "***"
    return HIDDEN


class PersonalField(models.TextField):
    """Text that is encrypted in its column. `masks`: name, id_no, phone, address or text."""

    def __init__(self, *args: Any, masks: str = "text", **kwargs: Any) -> None:
        self.masks = masks
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.masks != "text":
            kwargs["masks"] = self.masks
        return name, path, args, kwargs

    def from_db_value(self, value: str, expression: Any, connection: Any) -> str:
        try:
            return decrypt(value)
        except ValueError:
            return UNREADABLE  # one damaged cell must not take the page down; `verify` names it

    def get_prep_value(self, value: Any) -> str:
        return encrypt(super().get_prep_value(value) or "")


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_no_fault(text: str) -> str | None:
    """Why `text` is neither a resident identity number nor an organisation's credit code, or None."""
    fault = _resident_fault(text)
    return fault if fault and not is_credit_code(text) else None


def _resident_fault(text: str) -> str | None:
    """GB 11643-1999: 17 digits and a check sign."""
    if not re.fullmatch(r"\d{17}[\dXx]", text, re.ASCII):
        return "证件号应为 18 位身份证号（末位可为 X）或 18 位统一社会信用代码"
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return "身份证号第 7–14 位不是有效日期"
    if not date(1850, 1, 1) <= born <= date.today():
        return "身份证号中的出生日期不合理"
    if "10X98765432"[sum(w * int(c) for w, c in zip(_ID_WEIGHTS, text, strict=False)) % 11] != text[17].upper():
        return "身份证号校验位不对，请核对是否抄错"
    return None


_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Registrar and class, then the area, whose province tells a code from a mistyped identity number (99: invented ones).
_CODE_HEAD = re.compile(r"[1-9ANY][1-59](?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|99)\d{4}")


def is_credit_code(text: str) -> bool:
    """Whether `text` is a unified social credit code with a right check sign (GB 32100-2015)."""
    if len(text) != 18 or not _CODE_HEAD.match(text) or any(sign not in _CODE_SIGNS for sign in text):
        return False
    total = sum(_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return _CODE_SIGNS[-total % 31] == text[17]


def phone_fault(text: str) -> str | None:
    """Why `text` is no Chinese telephone number, or None."""
    if re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}|\d{5}", text, re.ASCII):
        return None
    return "电话应为 11 位手机号，或带区号的座机号"
