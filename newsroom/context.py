"""What every template may say about the paper itself."""

from django.conf import settings
from django.http import HttpRequest


def identity(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Offer the paper's name, tagline and public address to templates as `newsroom`."""
    return {
        "newsroom": {
            "name": settings.NEWSROOM_NAME,
            "tagline": settings.NEWSROOM_TAGLINE,
            "url": settings.NEWSROOM_URL,
        }
    }
