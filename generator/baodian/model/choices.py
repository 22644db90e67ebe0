"""What readers call the fixed words of the data; a test holds that each has a name."""

from __future__ import annotations

from collections.abc import Iterable

from baodian.said.messages import LANGUAGES, Message, msg, words
from baodian.text.nearest import nearest

CHOICES: dict[str, Message] = {
    "low-to-high": msg("from low to high"),
    "high-to-low": msg("from high to low"),
    "stages": msg("stages"),
    "none": msg("no order"),
    "exclusive": msg("one class only"),
    "overlapping": msg("several classes at once"),
    "contact": msg("contact with customers"),
    "review": msg("reading records"),
    "supervisor": msg("done by supervisors"),
    "talk": msg("talk"),
    "message": msg("message"),
    "letter": msg("letter"),
    "one": msg("exactly one"),
    "first": msg("the first one"),
    "all": msg("every one"),
    "development": msg("customers to be won"),
    "care": msg("customers of ours"),
    "count": msg("number"),
    "percent": msg("percentage"),
    "phone": msg("telephone"),
    "text": msg("text"),
    "from": msg("class it is from"),
    "to": msg("class it is to"),
    "gained": msg("what is gained"),
    "consent": msg("what needs consent"),
    "lost": msg("lost"),
    "why": msg("why"),
    "same": msg("what stays as before"),
    "seed": msg("given"),
    "inferred": msg("inferred"),
    "title_only": msg("title only"),
    "flag": msg("to be checked"),
    "outside": msg("from elsewhere"),
    "adopted": msg("adopted"),
    "adapted": msg("adapted"),
    "reference": msg("for reference"),
    "declined": msg("declined"),
    "city": msg("city"),
    "team": msg("team"),
    "company": msg("company"),
    "draft": msg("draft"),
    "published": msg("published"),
    "prose": msg("text"),
    "steps": msg("steps"),
    "elements": msg("elements"),
    "levels": msg("levels"),
    "fields": msg("fields"),
    "questions": msg("questions"),
    "formula": msg("formula"),
    "allocation": msg("sharing out time"),
    "timetable": msg("timetable"),
    "calendar": msg("calendar"),
    "morning": msg("in the morning"),
    "noon": msg("from eleven to four"),
    "evening": msg("in the evening"),
    "monday": msg("on Mondays"),
    "weekend": msg("at weekends"),
    "month-end": msg("at the end of a month"),
    "anger": msg("he is angry"),
    "leaving": msg("he is leaving"),
    "benefit": msg("he wants a benefit for himself"),
    "price": msg("it is about the price"),
    "refusal": msg("he refuses"),
    "street": msg("street"),
    "door": msg("door"),
    "wall": msg("wall"),
    "counter": msg("counter"),
    "shelf": msg("shelves"),
    "bay": msg("bays"),
    "zh-CN": msg("Chinese"),
    "en": msg("English"),
    "end": msg("over"),
    "goal": msg("goal"),
    "do": msg("to do"),
    "signs": msg("signs"),
    "rhythm": msg("rhythm"),
    "entitlements": msg("entitlements"),
    "say": msg("to say"),
    "check": msg("to check"),
    "dont": msg("not to do"),
    "moves": msg("moves"),
    "cases": msg("cases"),
    "helps": msg("what helps"),
    "script": msg("script"),
    "checklist": msg("list"),
    "case": msg("case"),
    "measure": msg("measure"),
    "move": msg("move"),
}
"""What a reader calls the fixed words of a field."""


def meant(text: str, choices: Iterable[str]) -> str | None:
    """Return the word that a text is meant for, None if it is like none of them.

    What readers call the words is known in every language, so 货架 means `shelf`.
    """
    called = {choice: choice for choice in choices}
    for choice in tuple(called):
        if name := CHOICES.get(choice):
            for language in LANGUAGES:
                called.setdefault(words(language).text(name), choice)
    near = nearest(text, called)
    return called[near] if near is not None else None
