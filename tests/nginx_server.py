"""A real nginx with `hosting/nginx.conf` on a free port of this machine, and plain requests."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from baodian.starting import HOSTING

MAIN = """\
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  types {{
    text/html html; text/css css; application/javascript js; application/json json;
    text/xml xml; image/svg+xml svg; image/png png; text/plain txt; application/pdf pdf;
  }}
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {folder}/handbook.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What the server said: a number, its headers by small names, and bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """Where nginx listens on this machine."""

    port: int
    secure: bool = False

    @property
    def address(self) -> str:
        """Return the address of its root."""
        return f"http{'s' if self.secure else ''}://127.0.0.1:{self.port}"

    def get(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        how: str = "GET",
        version: str = "1.1",
    ) -> Answer:
        """Ask for a path with just these headers, following nothing."""
        if self.secure:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            asked = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=10)
        else:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        if version == "1.0":
            asked._http_vsn, asked._http_vsn_str = 10, "HTTP/1.0"
        asked.putrequest(how, path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            asked.putheader(name, value)
        asked.endheaders()
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)


def configured(changes: Mapping[str, str]) -> str:
    """Return our configuration with lines changed, each of which must stand in it once."""
    text = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert len(re.findall(old, text)) == 1, old
        text = re.sub(old, lambda _, new=new: new, text)
    return text


@contextmanager
def nginx(folder: Path, root: Path, changes: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run nginx over the files in `root` as long as the body does."""
    program = os.environ.get("NGINX", "/usr/sbin/nginx")
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wanted = {r"listen 80;": "listen 127.0.0.1:PORT;", r"root /srv/handbook;": f"root {root};"}
    wanted |= changes or {}
    text = configured({old: new.replace("PORT", str(port)) for old, new in wanted.items()})
    (folder / "handbook.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            if running.poll() is not None:
                assert running.stderr is not None
                raise AssertionError(running.stderr.read().decode())
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Server(port, secure=" ssl http2;" in text)
    finally:
        running.terminate()
        running.wait(timeout=10)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for this machine and its key, signed by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    pem, key = folder / "handbook.pem", folder / "handbook.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
               "/CN=127.0.0.1", "-keyout", str(key), "-out", str(pem)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return pem, key


def with_https(folder: Path) -> dict[str, str]:
    """Return the changes that turn the configuration to https."""
    pem, key = certificate(folder)
    return {
        r"listen 127\.0\.0\.1:\d+;": "listen 127.0.0.1:PORT ssl http2;",
        r"# (?=ssl_certificate  )": "", r"# (?=ssl_certificate_key)": "",
        r"# (?=ssl_session_cache)": "", r"# (?=ssl_session_timeout)": "",
        r"/etc/ssl/handbook\.pem": str(pem), r"/etc/ssl/handbook\.key": str(key),
        r"# (?=add_header Strict)": "",
    }  # fmt: skip


def with_password(folder: Path) -> dict[str, str]:
    """Return the changes that ask for a password: reader, open sesame."""
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["openssl", "passwd", "-6", "open sesame"], check=True, capture_output=True
    )
    (folder / "htpasswd").write_text(f"reader:{made.stdout.decode()}", encoding="utf-8")
    return {
        r"# (?=auth_basic  )": "", r"# (?=auth_basic_user_file)": "",
        r"/etc/nginx/handbook\.htpasswd(?=;)": str(folder / "htpasswd"),
    }  # fmt: skip
