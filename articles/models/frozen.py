"""Records that are written once: a snapshot, a verification, an edition, an event."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _


class FrozenRecordError(TypeError):
    """Somebody tried to change or delete a record that is written once."""


class FrozenQuerySet(models.QuerySet):
    """A queryset that reads and creates, and refuses to change what is there."""

    def update(self, **kwargs: Any) -> int:
        raise FrozenRecordError(self._refusal())

    async def aupdate(self, **kwargs: Any) -> int:
        raise FrozenRecordError(self._refusal())

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenRecordError(self._refusal())

    async def adelete(self) -> tuple[int, dict[str, int]]:
        raise FrozenRecordError(self._refusal())

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise FrozenRecordError(self._refusal())

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            raise FrozenRecordError(self._refusal())
        return super().bulk_create(objs, *args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        # The deletion collector's fast path goes around delete().
        raise FrozenRecordError(self._refusal())

    def _refusal(self) -> str:
        return _("A record of the kind “%(kind)s” is written once; it cannot be changed or deleted.") % {
            "kind": self.model._meta.verbose_name
        }


class FrozenModel(models.Model):
    """Base of the records that are written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRecordError(type(self)._default_manager.get_queryset()._refusal())
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenRecordError(type(self)._default_manager.get_queryset()._refusal())
