"""Numbers and addresses that only show how one is written, and lead to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from baodian.text.numerals import narrow

_RESERVED = re.compile(  # RFC 2606, RFC 6761
    r"(?:^|\.)(?:example(?:\.(?:com|net|org|edu|cn|com\.cn))?|test|invalid|localhost)\.?$"
)
_YOURS = re.compile(
    r"(?<![a-z])(?:your|my)[-_]?(?:account|company|domain|group|handbook|host|name|org|organi[sz]ation"
    r"|project|repo|repository|server|site|team|user|username)(?![a-z])|<[a-z_-]+>|(?<![a-z0-9])x{3,}(?![a-z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?:(?:https?|ssh|git)://|www\.|[\w.+-]+@)[a-z0-9<\[][^\s\"'`()（），。；、！？“”《》【】]*"
    r"|(?<![\w.-])example\.(?:com|net|org|cn)(?![\w-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![a-z0-9_.])\(?\+?[0-9](?:[0-9 ()-]{4,}|[0-9 ()x×-]{2,}[x×]{3}[x×0-9 -]*)(?![a-z0-9_.×])",
    re.I,
)
_DIALLED = re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}|[48]00[0-9]{7}")
_FORWARD, _BACK = "01234567890123456789", "98765432109876543210"
_IN_A_ROW = 7
_SAME = re.compile(r"0{6}|([1-57])\1{5}|([689])\2{7}")  # 6, 8 and 9 in a row are bought
_SHOWN = frozenset(
    ("13800138000", "13900139000", "051288886666")
)  # by our own messages, and everybody's


def addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield where an address of nobody stands in a text, and the address: `git@example.com:a/b`."""
    for found in _ADDRESS.finditer(text):
        whole = found[0].rstrip(".,;:!?")
        if is_address(whole):
            yield found.start(), whole


def is_address(text: str) -> bool:
    """Say whether an address of the web, of git or for letters only shows how one is written."""
    _, at, after = text.partition("@")
    try:
        host = urlsplit(text if "://" in text else f"//{after if at else text}").hostname or ""
    except ValueError:  # `http://[host` is none at all
        return False
    host = host.partition(":")[0]
    return bool(_RESERVED.search(host)) or host.startswith("127.") or bool(_YOURS.search(text))


def numbers(text: str, *, telephone: bool = False) -> Iterator[tuple[int, str]]:
    """Yield where a telephone number of nobody stands in a text, and the number as it is written.

    With `telephone` every number of the text is one; else those that are long enough for it.
    """
    for found in _NUMBER.finditer(narrow(text)):
        number = found[0].rstrip(" (-")
        shown = text[found.start() : found.start() + len(number)]
        digits = re.sub("[^0-9x×]", "", number.lower())
        digits = re.sub("^(?:00)?86(?=1[3-9]|[48]00)", "", digits)
        if re.search("[x×]", digits):
            if re.match(r"1[3-9]|0[1-9]|[48]00|[x×]", digits):
                yield found.start(), shown
        elif (telephone or _DIALLED.fullmatch(digits)) and is_number(digits):
            yield found.start(), shown


def is_number(digits: str) -> bool:
    """Say whether nobody is called with such digits: 0000…, 1234567, those that everybody shows."""
    rows = (digits[i : i + _IN_A_ROW] for i in range(len(digits) - _IN_A_ROW + 1))
    return (
        digits.startswith("000")
        or digits in _SHOWN
        or bool(_SAME.search(digits))
        or any(row in _FORWARD or row in _BACK for row in rows)
    )
