"""What a record says of its fields: the docstrings below them, read when they are asked for."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from baodian.model.entity import Record


def described(record: type[Record], field: str) -> str:
    """Return what a record says of one of its fields, in English; "" if it says nothing."""
    classes = (one for one in record.__mro__ if issubclass(one, Record))
    return next((said for one in classes if (said := _said(one).get(field))), "")


@cache
def _said(record: type[Record]) -> Mapping[str, str]:
    """Return what a record says of the fields that it has itself, by their names."""
    (body,) = (one.body for one in ast.parse(textwrap.dedent(inspect.getsource(record))).body
               if isinstance(one, ast.ClassDef))  # fmt: skip
    said: dict[str, str] = {}
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=text)):
                said[name] = inspect.cleandoc(str(text))
    return said
