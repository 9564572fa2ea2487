"""Why a verb said no. Every refusal is a whole sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise

from articles.models import Story

if TYPE_CHECKING:
    from articles.workflow.edit import StoryEdit
    from articles.workflow.gate import Finding


class Refusal(Exception):
    """A verb did nothing, and says why. `message` is for people; nothing was written."""

    def __init__(self, message: str | Promise) -> None:
        self.message = str(message)
        super().__init__(self.message)


class NotAllowed(Refusal):
    """The person may not do this."""


class WrongState(Refusal):
    """The record is not in a state that allows this, or somebody else changed it first."""


class Invalid(Refusal):
    """A value cannot be stored. `errors` has the sentences for each field; "" stands for the whole record."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {field: [str(text) for text in texts] for field, texts in errors.items()}
        super().__init__(" ".join(text for texts in self.errors.values() for text in texts))


def check_record(record: models.Model) -> None:
    """Raise Invalid when a field or a constraint of `record` would not take what it holds."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise Invalid(
            {"" if name == NON_FIELD_ERRORS else name: texts for name, texts in error.message_dict.items()}
        ) from error


class GateClosed(Refusal):
    """The gate found something that stops publication."""

    def __init__(self, message: str | Promise, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = list(findings)


class StaleStory(Refusal):
    """Somebody else saved the story first. Both versions are here, so that nothing is lost.

    `current` is the story as it stands now, `mine` what could not be saved, `base_version` the version that
    `mine` was made from, and `changed_fields` the fields in which the two differ.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        current: Story,
        mine: StoryEdit,
        base_version: int,
        changed_fields: Sequence[str],
    ) -> None:
        super().__init__(message)
        self.current = current
        self.mine = mine
        self.base_version = base_version
        self.changed_fields = tuple(changed_fields)
