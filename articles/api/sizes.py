"""How long lists are."""

from typing import Final

DEFAULT: Final = 20
MOST: Final = 100
