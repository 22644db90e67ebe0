"""MkDocs' live server for a folder that somebody else rebuilds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

LOOK = 0.2  # seconds between two looks at the files


class Server(LiveReloadServer):
    """MkDocs' server, which says when it has got its address."""

    on_ready: Callable[[], None]

    def server_activate(self) -> None:
        """Listen, then say so."""
        super().server_activate()
        self.on_ready()

    def reload(self) -> None:
        """Let browsers load their pages again now, while the rest is being rebuilt."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def rebuilt(self) -> None:
        """Let browsers load their pages again when the loop notices that the builder is done."""
        with self._epoch_cond:
            if self._visible_epoch == self._wanted_epoch:
                self._wanted_epoch += 1


def server(
    root: Path,
    rebuild: Callable[[], None],
    host: str,
    port: int,
    watch: Iterable[Path],
    on_ready: Callable[[], None],
) -> Server:
    """Return a server of `root` that calls `rebuild` when something below `watch` changes.

    `rebuild` must not raise: MkDocs' server would keep every reader waiting.
    """

    def build() -> None:
        rebuild()
        live.rebuilt()

    live = Server(build, host, port, str(root), polling_interval=LOOK)
    live.on_ready = on_ready
    for path in watch:
        live.watch(str(path))

    def missing(code: int) -> bytes | None:
        page = root / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    live.error_handler = missing
    return live
