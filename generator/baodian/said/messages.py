"""The generator's own words: messages and page words, translated with gettext.

A `Message` is data (an English msgid and its parameters), so nothing depends on a language until
it is shown. Write `msg("…{name}…", name=x)` where the language is not known yet and `t("…")` with a
`Words` value where it is; both are picked up by the catalogue extraction. In English sentences
`{n|page|pages}` is the word that goes with the number `n`, here and in our scripts.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

LOCALE_DIR = Path(__file__).parents[1] / "locale"
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Message:
    """An English sentence with named gaps. A parameter may itself be a `Message`."""

    msgid: str
    params: tuple[tuple[str, object], ...] = ()


def msg(msgid: str, **params: object) -> Message:
    """Return a message to be translated when it is shown."""
    return Message(msgid, tuple(sorted(params.items())))


@dataclass(frozen=True)
class Words:
    """One language. Calling it translates a msgid and fills the gaps."""

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, msgid: str, **params: object) -> str:
        """Return `msgid` in this language, its gaps filled with `params`."""
        text = self.catalogue.gettext(msgid)
        return (
            _PLURAL.sub(lambda gap: _form(gap, params), text).format(**params) if params else text
        )

    def text(self, message: Message) -> str:
        """Return a message in this language; nested messages and tuples of them are joined."""
        return self(message.msgid, **{k: self.value(v) for k, v in message.params})

    def value(self, value: object) -> object:
        """Return what fills a gap: a message in this language, a tuple as a list in one line."""
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, tuple):
            return self.listed(str(self.value(v)) for v in value)
        return value

    # The signs between words: full-width ones among Han characters, with a blank among others.

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts as a list in one line: a, b."""
        return self.listing.join(texts)

    @property
    def listing(self) -> str:
        """Return the sign between the words of a list."""
        return self.text(_LISTING)

    @property
    def colon(self) -> str:
        """Return the sign before what explains a word."""
        return self.text(_COLON)

    @property
    def semicolon(self) -> str:
        """Return the sign between sentences that belong together."""
        return self.text(_SEMICOLON)

    @property
    def brackets(self) -> tuple[str, str]:
        """Return what stands before and behind an aside, for one that is no plain text."""
        before, _, behind = self.aside("\0").partition("\0")
        return before, behind

    def aside(self, text: str) -> str:
        """Return a text in brackets, to stand behind another."""
        return self(_ASIDE.msgid, text=text)


_LISTING, _COLON, _SEMICOLON = msg("{a}, {b}", a="", b=""), msg(": "), msg("; ")
_ASIDE = msg(" ({text})")
_PLURAL = re.compile(r"\{(\w+)\|([^{}|]*)\|([^{}|]*)\}")


def _form(gap: re.Match[str], params: Mapping[str, object]) -> str:
    """Return the word of `{n|page|pages}` that goes with a number: for 1 the first.

    A gap that is handed on to a script (`n="{n}"`) stays one.
    """
    value = str(params[gap[1]])
    if value == f"{{{gap[1]}}}":
        return f"{{{gap[0]}}}"
    return gap[2] if value == "1" else gap[3]


def words(language: str) -> Words:
    """Return the words of a language such as `zh-CN` or `en`.

    Raises `LookupError` for a language without a catalogue (English needs none).
    """
    if language == "en":
        return Words("en", gettext.NullTranslations())
    try:
        catalogue = gettext.translation(
            "baodian", LOCALE_DIR, languages=[language.replace("-", "_")]
        )
    except OSError as error:
        raise LookupError(language) from error
    return Words(language, catalogue)


def own_words(language: str) -> tuple[str, ...]:
    """Return all that the generator may say in a language, with its gaps."""
    chinese, english = LANGUAGES[0], language == "en"
    catalogue = words(chinese if english else language).catalogue
    said: dict[object, str] = getattr(catalogue, "_catalog", {})
    return tuple(str(text) for text in (said.keys() if english else said.values()))


def language_of(environment: Mapping[str, str] | None = None, otherwise: str = LANGUAGES[0]) -> str:
    """Return the message language that the environment asks for, `zh-CN` or `en`, or another."""
    env = os.environ if environment is None else environment
    named = (
        language_named(env.get(name, ""))
        for name in ("BAODIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    )
    return next(filter(None, named), otherwise)


def language_named(text: str) -> str | None:
    """Return the language of `LANGUAGES` that is named, as `zh`, `zh_CN.UTF-8` or `EN-gb`."""
    short = re.split(r"[-_.@]", text.strip().lower(), maxsplit=1)[0]
    return next((language for language in LANGUAGES if language[:2] == short), None)
