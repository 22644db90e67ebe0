"""The nginx configuration on a real nginx: headers, packed files, caches, paths, 404, password."""

import base64
import gzip
import os
import shutil
from pathlib import Path

import pytest
from nginx_server import nginx, with_https, with_password
from small_site import asset, project, small_read

from baodian.build import publish
from baodian.publish import policy
from baodian.publish.frames import Wanted
from baodian.said.messages import words
from baodian.terminal import Progress


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a web server: a small handbook, and the same below /team/a/."""
    folder = tmp_path_factory.mktemp("web")
    made = project(folder / "p")
    publish(made, small_read(), words("en"), Progress(quiet=True), wanted=Wanted(packed=True))
    shutil.copytree(made / "site", folder / "www")
    shutil.copytree(made / "site", folder / "www" / "team" / "a")
    (folder / "www" / "js" / "loose.0123abcd.js").write_text("1;" * 900, encoding="utf-8")
    return folder / "www"


MODES = ["plain", "https", "below a path", "with a password"]


@pytest.mark.parametrize("mode", MODES)
def test_every_way_of_serving_it(mode: str, root: Path, tmp_path: Path) -> None:
    changes: dict[str, str] = {}
    mount, login = "", {}
    if mode == "https":
        changes = with_https(tmp_path / "tls")
    elif mode == "below a path":
        changes, mount = {r'set \$mount "";': 'set $mount "/team/a";'}, "/team/a"
    elif mode == "with a password":
        changes = with_password(tmp_path / "users")
        login = {"Authorization": "Basic " + base64.b64encode(b"reader:open sesame").decode()}
    with nginx(tmp_path / "nginx", root, changes) as server:
        if login:
            for wrong in ({}, {"Authorization": "Basic " + base64.b64encode(b"reader:x").decode()}):
                for path in ("/index.html", "/sw.js", "/gone.html", "/.baodian"):
                    assert server.get(path, wrong).status == 401

        page = server.get(f"{mount}/index.html", login)
        assert page.status == 200
        assert page.body == (root / "index.html").read_bytes()
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "same-origin"
        assert page.headers["content-security-policy"] == policy.of_host()
        assert "unsafe" not in policy.of_host()
        alone = server.get(f"{mount}/handbook.html", login).headers["content-security-policy"]
        assert alone == "frame-ancestors 'self'"
        assert "/" not in page.headers["server"]
        assert ("strict-transport-security" in page.headers) == (mode == "https")

        # Packed once by the build, sent as it is; who cannot read it gets it plain.
        packed = server.get(f"{mount}/index.html", {**login, "Accept-Encoding": "gzip, br"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept-Encoding"
        assert packed.body == (root / "index.html.gz").read_bytes()
        assert gzip.decompress(packed.body) == page.body
        assert (
            "content-encoding"
            not in server.get(
                f"{mount}/index.html", {**login, "Accept-Encoding": "identity"}
            ).headers
        )
        # A proxy before it asks in the old way, and neither it nor those behind it lose by that.
        proxied = {**login, "Accept-Encoding": "gzip", "Via": "1.0 proxy"}
        past = server.get(f"{mount}/index.html", proxied, version="1.0")
        assert (past.status, past.body) == (200, packed.body)
        loose = server.get("/js/loose.0123abcd.js", {**login, "Accept-Encoding": "gzip"})
        assert loose.headers["content-encoding"] == "gzip"  # one that the build did not pack

        # What has not changed costs a few bytes, by its tag and by its date, packed or not.
        for more in ({}, {"Accept-Encoding": "gzip"}):
            first = server.get(f"{mount}/search.html", {**login, **more})
            for known in ({"If-None-Match": first.headers["etag"]},
                          {"If-Modified-Since": first.headers["last-modified"]}):  # fmt: skip
                again = server.get(f"{mount}/search.html", {**login, **more, **known})
                assert (again.status, again.body) == (304, b"")
                assert again.headers["cache-control"] == "no-cache"
        assert (
            server.get(f"{mount}/index.html", {**login, "If-None-Match": '"older"'}).status == 200
        )

        # Nowhere: the handbook's own page with its number, and no page where a script is wanted.
        for path in (
            "gone.html",
            "scripts/gone",
            "a/b/c/",
            "css/",
            ".baodian",
            "index.html.gz",
            ".git/config",
        ):
            lost = server.get(f"{mount}/{path}", login)
            assert (path, lost.status) == (path, 404)
            assert lost.body == (root / "404.html").read_bytes()
            assert lost.headers["content-type"].startswith("text/html")
            assert lost.headers["cache-control"] == "no-cache"
        script = server.get(f"{mount}/scripts/head/root.js", login)
        assert (script.status, script.body) == (404, b"not found\n")

        # Addresses as people type them.
        assert server.get(f"{mount}/", login).body == page.body
        assert (
            server.get(f"{mount}/scripts/one", login).body
            == (root / "scripts/one.html").read_bytes()
        )
        slash = server.get(f"{mount}/scripts", login)
        assert (slash.status, slash.headers["location"]) == (301, f"{mount}/scripts/")
        if mount:
            assert server.get("/team/a", login).headers["location"] == "/team/a/"
        assert server.get(f"{mount}/index.html", login, how="HEAD").body == b""
        assert server.get(f"{mount}/index.html", login, how="POST").status == 405


@pytest.mark.parametrize(
    ("path", "long"),
    [
        ("/index.html", False),
        ("/sw.js", False),
        ("/offline.json", False),
        ("/now.js", False),
        ("/now.js?0123456789abc", False),
        ("/_headers", False),
        ("/about.html?v=0123abcd", False),
        ("js/site.js", True),
        ("search/1.js", True),
        ("search/2.js", True),
        ("css/handbook.css", True),
        ("/js/gone.0123abcd.js", False),
        ("/js/loose.0123abcd.js", True),
        ("/index.html?v=0123abcd", False),
        ("/index.html?x=.0123abcd.js", False),
    ],
)
def test_only_a_name_with_a_digest_is_kept_without_asking(
    path: str, long: bool, root: Path, tmp_path: Path
) -> None:
    if not path.startswith("/"):  # by the name that it has without a digest
        path = "/" + asset(root, path).relative_to(root).as_posix()
    with nginx(tmp_path / "nginx", root) as server:
        kept = server.get(path).headers["cache-control"]
    assert kept == ("max-age=31536000, immutable" if long else "no-cache")


def test_after_a_change_the_old_tag_is_no_good(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "www")
    page = tmp_path / "www" / "about.html"
    with nginx(tmp_path / "nginx", tmp_path / "www") as server:
        before = server.get("/about.html").headers["etag"]
        page.write_bytes(page.read_bytes() + b"<!-- new -->")
        os.utime(page, (1, 1))  # whatever its date says
        after = server.get("/about.html", {"If-None-Match": before})
    assert after.status == 200
    assert after.body.endswith(b"<!-- new -->")
