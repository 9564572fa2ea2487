"""What commands ask for by name: a section, a person."""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.management.base import UsageError
from articles.models import Section


def find_section(name: str) -> Section | None:
    """The section called `name`, by its name or its slug; None for no name. Raises UsageError."""
    if not name:
        return None
    sections = list(Section.objects.all())
    for section in sections:
        if name.strip().casefold() in (section.slug.casefold(), section.name.casefold()):
            return section
    known = ", ".join(section.slug for section in sections) or "none yet; make one in the admin"
    raise UsageError(f"--section: There is no section “{name}”. There are: {known}.")


def find_user(name: str) -> User | None:
    """Who has the log-in `name`; None for no name. Raises UsageError."""
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise UsageError(f"--by: Nobody active has the log-in “{name}”. Look at the list of users.")
    return user
