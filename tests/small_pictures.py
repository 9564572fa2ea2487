"""Pictures for tests that load the demo and do not look at them."""

from io import BytesIO

from PIL import Image


def small_picture(recipe: str, *, seed: int, palette: str) -> bytes:
    """A picture that is quickly made; tests/doors/test_demo_pictures.py looks at the real ones."""
    out = BytesIO()
    Image.new("RGB", (320, 200), (seed, len(recipe), len(palette))).save(out, "PNG")
    return out.getvalue()
