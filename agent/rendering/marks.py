"""Numbered marks on a screenshot, drawn on the picture and never in the page (set-of-marks, Yang et al. 2023, arXiv
2310.11441)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from infra.contracts.observation import Element

_COLOURS = ("#d0021b", "#0b6e4f", "#0057b8", "#8b3fbf", "#b35900", "#00707a", "#a3005c", "#4a5a00")
_SIZE = 12


def draw_marks(jpeg: bytes, elements: Sequence[Element], *, quality: int = 75) -> bytes:
    """Return the JPEG with a box and a number for every element within the picture.

    The picture is as wide as the viewport was: boxes are in CSS pixels, one to one.
    """
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_SIZE)
    for element in elements:
        if not element.in_viewport:
            continue
        colour = _COLOURS[element.mark % len(_COLOURS)]
        box = element.box
        left, top = max(0.0, box.x), max(0.0, box.y)
        right = min(picture.width - 1.0, box.x + box.width)
        bottom = min(picture.height - 1.0, box.y + box.height)
        if right <= left or bottom <= top:
            continue
        draw.rectangle((left, top, right, bottom), outline=colour, width=2)
        text = str(element.mark)
        wide = draw.textlength(text, font=font) + 4
        y = top - _SIZE - 2 if top >= _SIZE + 2 else top
        draw.rectangle((left, y, left + wide, y + _SIZE + 2), fill=colour)
        draw.text((left + 2, y), text, fill="white", font=font)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
