"""The lines and boxes of a drawing → SVG; its words are set by the typesetter."""

from __future__ import annotations

from baodian.writers.forms import Drawing


def shapes(drawing: Drawing) -> str:
    """Return the shapes of a drawing as SVG without words; `ACCENT` stands for the colour."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:.1f} '
        f'{drawing.height:.1f}" width="{drawing.width:.1f}" height="{drawing.height:.1f}">'
    ]
    for line in (*drawing.lines, *(way.line for way in drawing.ways)):
        parts += [
            f'<path d="{d}" fill="none" stroke="#666" stroke-width="1.75"/>'
            for d in (line.d, line.head)
            if d
        ]
    for b in drawing.boxes:
        tone = 1 if b.current else b.tone
        look = {
            "filled": f'fill="ACCENT" fill-opacity="{tone:.2f}" stroke="ACCENT"',
            "excused": 'fill="none" stroke="#888" stroke-dasharray="3 3"',
            "missing": 'fill="#fff" stroke="#a11" stroke-width="2"',
        }[b.look]
        parts.append(
            f'<path d="{b.d}" {look}/>'
            if b.d
            else f'<rect x="{b.x:.1f}" y="{b.y:.1f}" width="{b.width:.1f}" '
            f'height="{b.height:.1f}" rx="8" {look}/>'
        )
    parts += [
        f'<circle cx="{d.x:.1f}" cy="{d.y:.1f}" r="9" fill="#fff" stroke="#666"/>'
        for d in drawing.dots
    ]
    parts += [
        f'<circle cx="{p.x:.1f}" cy="{p.y:.1f}" r="12" fill="#fff" stroke="ACCENT" '
        'stroke-width="2"/>'
        for p in drawing.pins
    ]
    return "".join((*parts, "</svg>"))
