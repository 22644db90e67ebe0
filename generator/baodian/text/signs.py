"""Signs that do not belong in a text, by class: what nobody sees, what is damaged, what is private.

Fine all the same: what joins emoji, chooses their colour or tags them, and what scripts other than
Han need inside words (a joiner between Arabic or Indic letters, Mongolian selectors).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["invisible", "direction", "private", "damaged", "garbled"]

# Unicode's Default_Ignorable_Code_Point, reserved ones included: the list is closed by policy.
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# Format signs (Cf) besides these, marks of Egyptian and musical notation and of annotations.
_FORMAT = (
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f"
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_NONE = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
BAD = re.compile(f"[{_IGNORED}{_FORMAT}{_CONTROL}{_PRIVATE}{_NONE}\ufffd]")

_PICTURE = (  # what stands in Unicode's list of emoji and their variations, and little else
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_ONE = f"{_PICTURE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
_NEEDS = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\ufb50-\ufdcf"
_FINE = re.compile(
    rf"""{_ONE}(?:\u200d{_ONE})+ | \U0001f3f4[\U000e0030-\U000e007a]+\U000e007f
    | {_PICTURE}[\ufe0e\ufe0f] | [0-9\#*]\ufe0f\u20e3
    | [{_NEEDS}][\u200c\u200d]+(?=[{_NEEDS}]) | [\u1820-\u18aa][\u180b-\u180f]+
    | [\u0600-\u0605\u06dd](?=[\u0660-\u0669\u06f0-\u06f9])""",
    re.VERBOSE,
)


_JOINED = re.compile(rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_ONE}(?:\u200d{_ONE})*")
_UNSEEN = re.compile(f"[{_IGNORED}{_FORMAT}]")


def length(text: str) -> int:
    """Return how many signs a reader sees: accents and what emoji are joined from do not count."""
    whole = _UNSEEN.sub("", _JOINED.sub("x", unicodedata.normalize("NFC", text)))
    return sum(unicodedata.category(char)[0] != "M" for char in whole)


LATIN = 3
"""How many signs of a Latin script say as much as one Han character."""


def room(text: str, most: int) -> int:
    """Return how many signs a text may have where `most` Han characters may stand."""
    return most if mostly_han(text) else LATIN * most


def mostly_han(text: str) -> bool:
    """Say whether a text has more Han characters than Latin words; a Latin word is long."""
    han = len(re.findall("[\u3400-\u9fff\U00020000-\U0003ffff]", text))
    return han >= len(re.findall(r"[A-Za-z\u00c0-\u024f]+", text))


@dataclass(frozen=True)
class Sign:
    """What does not belong in a text: where it starts and ends, and of which class it is."""

    start: int
    end: int
    kind: Kind


def out_of_place(text: str) -> Iterator[Sign]:
    """Yield what does not belong in a text, in the order of the text."""
    if text.isascii() and text.isprintable():
        return
    found = list(_garbled(text))
    if BAD.search(text):
        fine = {place for match in _FINE.finditer(text) for place in range(*match.span())}
        found += [
            Sign(match.start(), match.end(), _kind(match[0]))
            for match in BAD.finditer(text)
            if match.start() not in fine
        ]
    yield from sorted(found, key=lambda sign: sign.start)


def _kind(char: str) -> Kind:
    if char == "\ufffd":
        return "damaged"
    if re.match(f"[{_DIRECTION}]", char):
        return "direction"
    return "private" if unicodedata.category(char) == "Co" else "invisible"


# --- text that was read in the wrong coding -------------------------------------------------------

_FOLLOWS = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # bytes 80 to BF, as Windows shows them
_LATIN = re.compile(
    f"(?:[\u00c2\u00c3][{_FOLLOWS}]|[\u00e2-\u00ef][{_FOLLOWS}]{{2}}|\u00f0[{_FOLLOWS}]{{3}})+"
    "|[\u00a1-\u00fe]{4,}"
)
_ONLY_SIGNS = re.compile("[\u00e2-\u00ef…‘’“”•–—]*")  # café——, é……
_REPEATED = re.compile("锟斤拷|斤拷锟|([烫屯葺铪])\\1{2,}")
_RUN = re.compile("[^\x00-\x7f]{1,60}")


def _garbled(text: str) -> Iterator[Sign]:
    """Yield runs that are the bytes of another text: 锟斤拷, ä¸­æ–‡, ÖÐÎÄ, 鎴戜滑."""
    for match in _REPEATED.finditer(text):
        yield Sign(match.start(), match.end(), "garbled")
    for match in _LATIN.finditer(text):
        if not _ONLY_SIGNS.fullmatch(match[0]) and _is_other_text(match[0]):
            yield Sign(match.start(), match.end(), "garbled")
    done = 0
    for lead in _leads().finditer(text):
        run = _RUN.match(text, lead.start())
        if run and lead.start() >= done and (length := _as_han(run[0])):
            done = lead.start() + length
            yield Sign(lead.start(), done, "garbled")


def _is_other_text(latin: str) -> bool:
    """Tell whether Latin letters are the bytes of a text in UTF-8, or of frequent Han."""
    try:
        data = b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in latin)
    except UnicodeEncodeError:
        return False
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return all(map(_is_frequent, data.decode("gb2312")))
    except UnicodeDecodeError:
        return False


@cache
def _leads() -> re.Pattern[str]:
    """Return what the first two bytes of a Han character or mark in UTF-8 are in GBK."""
    codes = (bytes((high, low)) for high in range(0xE2, 0xF0) for low in range(0x80, 0xC0))
    return re.compile(f"[{''.join(code.decode('gbk', 'ignore') for code in codes)}]")


def _as_han(run: str) -> int:
    """Return how many characters from the first on are the bytes of Chinese in UTF-8; 0 if none."""
    data = bytearray()
    for char in run:
        try:
            data += b"\x80" if char == "€" else char.encode("gbk")
        except UnicodeEncodeError:
            break
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError as error:
        said = data[: error.start].decode("utf-8")
    length = (len(said.encode()) + 1) // 2
    rare = sum(not _is_frequent(char) for char in run[:length])
    plain = all(_is_frequent(char) or not char.isalnum() for char in said)
    return length if len(said) > 1 and rare > 1 and plain else 0


def _is_frequent(char: str) -> bool:
    """Tell whether a character is of the first level of GB 2312."""
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
