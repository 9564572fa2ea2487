"""Which size of a picture suits, of those that an edition keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def jpeg_for(image: Mapping[str, Any], width: int) -> Mapping[str, Any]:
    """The narrowest JPEG of at least `width`, else the widest, with its `url`, `width`, `height` and `type`.

    Without any it is the picture itself. The type of the picture itself is not known, and is left out.
    """
    jpegs = [each for each in image.get("renditions", []) if each["type"] == "image/jpeg"]
    return min(jpegs, key=lambda each: (each["width"] < width, abs(each["width"] - width)), default=image)
