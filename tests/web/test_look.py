"""The colours of the style sheet keep the contrast of WCAG 2.2 AA, by day and by night."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from web.assets import STATIC

CSS = (STATIC / "site.css").read_text("utf-8")
SHEETS = sorted(STATIC.glob("*.css"))
GROUNDS = ("paper", "sheet", "tint")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "link") for ground in GROUNDS),
    ("link-seen", "paper"),
    ("seal", "paper"),
    ("seal", "sheet"),
    ("seal", "tint"),
    ("on-seal", "seal"),
    ("on-mark", "mark"),
    ("link", "mark"),
    ("link-seen", "mark"),
    ("ink", "ground"),
    ("link", "ground"),
    ("ink-faint", "ground"),
    *(("ink", f"shade-{n}") for n in range(1, 6)),
]
SHAPES = [("edge", "paper"), ("edge", "sheet"), ("focus", "paper"), ("focus", "sheet")]


def colours(scheme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", CSS, re.S)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks[:2]]
    return found[0] if scheme == "light" else found[0] | found[1]


def luminance(colour: str) -> float:
    channels = [int(colour[at:end], 16) / 255 for at, end in pairwise((1, 3, 5, 7))]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_controls_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[shape], found[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "part", ["relief", "negotiated", "upheld", "procedural", "appeal", "other", "ink-faint"]
)
def test_parts_of_a_chart_can_be_seen(scheme: str, part: str) -> None:
    found = colours(scheme)
    assert contrast(found[part], found["sheet"]) >= 3  # the lines of its pattern
    assert contrast(found["ink-faint"], found["paper"]) >= 3  # its outline


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_deeper_shades_stand_out_more(scheme: str) -> None:
    found = colours(scheme)
    steps = [contrast(found[f"shade-{n}"], found["sheet"]) for n in range(1, 6)]
    assert steps == sorted(steps)
    assert all(later / earlier > 1.08 for earlier, later in pairwise(steps))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_stand_in_custom_properties_alone(sheet: Path) -> None:
    css = sheet.read_text("utf-8")
    rules = re.sub(r":root \{.*?\n\s*\}", "", css.split("@media print")[0], flags=re.S)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", rules)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched_from_elsewhere(sheet: Path) -> None:
    assert not re.search(r"url\(|@import|https?://", sheet.read_text("utf-8"))
