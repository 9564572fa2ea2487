"""docs/permissions.md says what the steps say. Run with NEWSROOM_WRITE_PERMISSIONS=1 to write it."""

import os

import pytest

from tests.factories import make_user
from tests.permissions import PAGE, ROLES, permissions_page

pytestmark = pytest.mark.django_db


def test_the_page_is_that_of_the_steps() -> None:
    page = permissions_page({role: make_user(role) for role in ROLES})
    if os.environ.get("NEWSROOM_WRITE_PERMISSIONS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "Run `make permissions`."
