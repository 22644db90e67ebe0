"""Copies of a site's texts, packed once, beside the files: `x.html.gz` and `x.html.br`.

A server that knows them (`hosting/nginx.conf`) sends them instead of packing each answer anew.
No page names them and no reader's device keeps them; like all of a site they are on its list.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from baodian.said.messages import msg
from baodian.said.problems import At, Problem, in_order

try:
    import brotli  # type: ignore[import-not-found,import-untyped,unused-ignore]
except ModuleNotFoundError:  # an extra; without it there are only `.gz`
    brotli = None

KINDS = (".html", ".js", ".css", ".json", ".xml", ".svg", ".txt", ".webmanifest")
SMALLEST = 1024  # bytes; what fits into one packet anyway arrives no sooner packed
QUALITY = 10  # of brotli: 2 % more bytes than with 11 in a third of the time (benchmarks/README.md)

Pack = Callable[[bytes], bytes]
_PACKED = (OSError, EOFError, zlib.error, *((brotli.error,) if brotli else ()))


def packers() -> Mapping[str, Pack]:
    """Return what packs here, by the ending of what it writes; the same bytes for the same text."""
    found: dict[str, Pack] = {".gz": partial(gzip.compress, compresslevel=9, mtime=0)}
    if brotli:
        found[".br"] = partial(brotli.compress, quality=QUALITY)
    return found


def opened(name: str, data: bytes) -> bytes | None:
    """Return what a file holds, unpacked if its name says that it is packed; None if it cannot."""
    try:
        if name.endswith(".gz"):
            return gzip.decompress(data)
        if name.endswith(".br"):
            return bytes(brotli.decompress(data)) if brotli else None
    except _PACKED:
        return None
    return data


def compress(folder: Path) -> tuple[Problem, ...]:
    """Write the packed copies of all texts of a site that become smaller by it.

    Returns a problem for each file that has the name of one and holds something else: a server
    would send it in the place of the text.
    """
    texts = (p for p in folder.rglob("*") if p.suffix in KINDS and p.is_file())
    with ThreadPoolExecutor() as pool:  # both let go of the interpreter while they pack
        found = pool.map(partial(_beside, folder), sorted(texts))
        return in_order(problem for problems in found for problem in problems)


def _beside(folder: Path, path: Path) -> list[Problem]:
    text, problems = path.read_bytes(), []
    for ending, pack in packers().items():
        copy = path.with_name(path.name + ending)
        if copy.exists() and opened(copy.name, copy.read_bytes()) != text:
            name = path.relative_to(folder).as_posix()
            message = msg("“{name}{ending}” is there already, and is no packed “{name}”.",
                          name=name, ending=ending)  # fmt: skip
            hint = msg("A server would send it instead. Give it another name.")
            problems.append(Problem("address-clash", At(name + ending), message, hint))
        elif len(text) >= SMALLEST and len(packed := pack(text)) < len(text):
            copy.write_bytes(packed)
    return problems
