"""Pictures for tests that load the demo and do not look at them."""

import random
from io import BytesIO

from PIL import Image

GRAIN = (24, 15)


def small_picture(recipe: str, *, seed: int, palette: str) -> bytes:
    """A picture that is quickly made; tests/doors/test_demo_pictures.py looks at the real ones."""
    out = BytesIO()
    Image.new("RGB", (320, 200), (seed, len(recipe), len(palette))).save(out, "PNG")
    return out.getvalue()


def plain_picture(recipe: str, *, seed: int, palette: str) -> bytes:
    """A picture that is as large as a photograph, and about as heavy, but quickly made."""
    dots = random.Random(f"{recipe} {seed} {palette}").randbytes(3 * GRAIN[0] * GRAIN[1])
    picture = Image.frombytes("RGB", GRAIN, dots).resize((1440, 900), Image.Resampling.BICUBIC)
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
