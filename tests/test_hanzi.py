"""Traditional characters, and families of characters that a search takes for one."""

import pytest

from baodian.text import hanzi


@pytest.mark.parametrize("family", ["后後", "着著", "干乾幹榦", "里裏裡", "发發髮", "台臺檯颱"])
def test_a_family_has_one_face_and_simplified_text_has_it(family: str) -> None:
    (face,) = {hanzi.folds().get(char, char) for char in family}
    assert face in family
    assert face not in hanzi.simplified()


def test_characters_of_no_family_stay_as_they_are() -> None:
    assert not {"客", "户", "流", "失"} & set(hanzi.folds())


def test_faces_are_not_folded_again() -> None:
    folds = hanzi.folds()
    assert len(folds) > 3000
    assert not set(folds.values()) & set(folds)


def test_characters_that_simplified_text_uses_are_not_traditional() -> None:
    assert hanzi.simplified()["後"] == "后"
    assert hanzi.simplified()["戶"] == "户"
    assert not set("著乾后里干台") & set(hanzi.simplified())
