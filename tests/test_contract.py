"""Other engines: those that load the plugin make the same handbook, others say that they do not."""

from pathlib import Path

import contract
import pytest


def test_properdocs_makes_the_same_handbook(tmp_path: Path) -> None:
    folder = contract.project(tmp_path / "p")
    ours = contract.digests(contract.built(folder, "mkdocs"))
    assert "ProperDocs" in contract.ran(folder, "properdocs")
    site = folder / "site"
    assert contract.outcome(site) == contract.WHOLE
    assert contract.digests(site) == ours
    told = [p for p in site.rglob("*.*") if contract.SAYS["en"].encode() in p.read_bytes()]
    assert told == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_an_engine_that_passes_over_the_plugin_shows_a_page_that_says_so(
    language: str, tmp_path: Path
) -> None:
    folder = contract.project(tmp_path / "p", language)
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  - baodian", "  []"), "utf-8")
    assert contract.outcome(contract.built(folder, "mkdocs"), language) == contract.TOLD
    (folder / "content" / "index.md").unlink()
    assert contract.outcome(contract.built(folder, "mkdocs"), language) == contract.SILENT
