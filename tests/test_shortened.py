"""Names beside each other lose the word that all of them end with, never a part of one."""

from __future__ import annotations

import pytest

from baodian.text.shortened import shortened


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("一般客户", "银卡客户", "VIP客户"), ("一般", "银卡", "VIP")),
        (("Gold customers", "Silver customers"), ("Gold", "Silver")),
        (("Gold card", "Old card"), ("Gold", "Old")),
        (("gold", "old"), ("gold", "old")),
        (("客户", "金客户"), ("客户", "金客户")),
        (("甲", "乙"), ("甲", "乙")),
        (("甲客户",), ("甲客户",)),
        ((), ()),
    ],
)
def test_the_common_end_goes(names: tuple[str, ...], short: tuple[str, ...]) -> None:
    assert shortened(names) == short
