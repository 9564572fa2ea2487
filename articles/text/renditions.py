"""Which size of a picture suits, of those that an edition keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def jpeg_near(image: Mapping[str, Any], width: int) -> Mapping[str, Any]:
    """The JPEG whose width is nearest, with its `url`, `width`, `height` and `type`; else the picture itself.

    The type of the picture itself is not known, and is left out.
    """
    jpegs = [each for each in image.get("renditions", []) if each["type"] == "image/jpeg"]
    return min(jpegs, key=lambda each: abs(each["width"] - width), default=image)
