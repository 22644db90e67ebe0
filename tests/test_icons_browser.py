"""Each icon of the shared picture shows itself, at any size, and nothing of its neighbours."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import Browser

from baodian.publish import lean

# Where ink stands, by quarters of the side: each is a shape that none of the others is.
DRAWN = {
    "left": ("M0 0h12v24H0z", {(0, 0), (0, 1)}),
    "right": ("M12 0h12v24H12z", {(1, 0), (1, 1)}),
    "above": ("M0 0h24v12H0z", {(0, 0), (1, 0)}),
    "all": ("M0 0h24v24H0z", {(0, 0), (1, 0), (0, 1), (1, 1)}),
    "none": ("M11 11h2v2h-2z", set[tuple[int, int]]()),
}
INK = """async ([picture, boxes]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const dark = (x, y) => pen.getImageData(Math.round(x), Math.round(y), 1, 1).data[0] < 128;
  const quarter = (box, right, below) => [[.08, .08], [.42, .42], [.08, .42]].every(([a, b]) =>
    dark(box.x + box.side * (right ? 1 - a : a), box.y + box.side * (below ? 1 - b : b)));
  const quarters = [[0, 0], [0, 1], [1, 0], [1, 1]];
  return boxes.map(box => quarters.filter(([right, below]) => quarter(box, right, below)));
}"""


@pytest.mark.parametrize("count", [1, len(DRAWN)])
def test_each_icon_shows_itself_alone(browser: Browser, count: int) -> None:
    drawn = dict(list(DRAWN.items())[:count])
    icons = {f"bd-i-{name}": f'<path d="{path}"/>' for name, (path, _) in drawn.items()}
    page = browser.new_page()
    page.set_content(
        f"<style>{lean.sheet(icons)} svg {{ display: block; margin: 7px; }}</style>"
        + "".join(
            f'<svg class="{name}" style="width: {size}px; height: {size + pad}px;'
            f' box-sizing: border-box; padding-top: {pad}px"></svg>'
            for name in icons
            for size, pad in ((16, 0), (23, 8), (41, 0))
        )
    )
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("svg")].map(icon => {
          const { x, y, width, height } = icon.getBoundingClientRect();
          return { x, y: y + height - width, side: width };
        })"""
    )
    picture = base64.b64encode(page.screenshot(full_page=True)).decode()
    ink = page.evaluate(INK, [picture, boxes])
    page.close()
    seen = [{(x, y) for x, y in one} for one in ink]
    assert seen == [where for _, where in drawn.values() for _ in range(3)]
