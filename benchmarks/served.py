"""A small web server for measurements: compressed as servers do, and it counts what it sent."""

from __future__ import annotations

import functools
import gzip
import http.server
import mimetypes
import posixpath
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

LEVEL = 6  # of gzip
PLAIN = {".png", ".jpg", ".woff2", ".pagefind", ".pf_meta", ".pf_index", ".pf_fragment"}


class Served:
    """Folders under one address, with some files replaced; `sent` is body bytes by path."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = dict(folders)
        self.instead: dict[str, bytes] = {}
        self.sent: dict[str, int] = {}
        self.address = ""

    def body(self, path: str) -> tuple[bytes, bool] | None:
        """Return the body of a path and whether it is compressed."""
        name = posixpath.normpath(unquote(path)).lstrip("/")
        if name in self.instead:
            return _packed(self.instead[name]), True
        for prefix, folder in self.folders.items():
            file = folder / name.removeprefix(prefix)
            if name.startswith(prefix) and file.is_file():
                packed = file.suffix not in PLAIN
                data = file.read_bytes()
                return (_packed(data), True) if packed else (data, False)
        return None

    def bytes_of(self, part: str) -> int:
        """Return how many bytes were sent of the paths that contain `part`."""
        return sum(n for path, n in self.sent.items() if part in path)


@functools.cache
def _packed(data: bytes) -> bytes:
    return gzip.compress(data, LEVEL, mtime=0)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    served: Served

    def do_GET(self) -> None:
        """Answer one request."""
        path = urlsplit(self.path).path
        found = self.served.body(path)
        if found is None:
            self.send_error(404)
            return
        body, packed = found
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.served.sent[path] = self.served.sent.get(path, 0) + len(body)
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folders: Mapping[str, Path]) -> Iterator[Served]:
    """Serve folders, each under a prefix (`""` or `"pagefind/"`), while the body runs."""
    served = Served(folders)
    handler = type("Handler", (_Handler,), {"served": served})
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield served
    finally:
        server.shutdown()
