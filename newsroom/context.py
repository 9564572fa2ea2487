"""What every template may say about the paper itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Brand


def identity(request: HttpRequest) -> dict[str, Any]:
    """Offer the paper (`newsroom.name`, `.tagline`, `.url`, …) to templates as `newsroom`.

    Readers' pages have it from their house. Others ask for it, in one query, when they name it.
    """
    house = getattr(request, "house", None)
    return {"newsroom": house.paper if house else SimpleLazyObject(Brand.objects.paper)}
