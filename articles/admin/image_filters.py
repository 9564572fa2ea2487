"""The filters of the picture library: what is missing, what is ending, what nobody uses, whose it is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number
from articles.models import Image
from articles.workflow.picture_uses import SOON

Choose = Callable[[Any], QuerySet[Image]]


class ChoiceFilter(admin.SimpleListFilter):
    """One of a few questions about pictures."""

    choices_of: Mapping[str, tuple[str | Promise, Choose]] = {}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str | Promise]]:
        return [(key, words) for key, (words, _choose) in self.choices_of.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        chosen = self.choices_of.get(self.value() or "")
        return chosen[1](queryset) if chosen else queryset


class WordsFilter(ChoiceFilter):
    """Pictures that no story can be published with."""

    title = _("words")
    parameter_name = "missing"
    choices_of = {
        "any": (_("No alt text or no credit"), lambda images: images.without_words()),
        "alt": (_("No alt text"), lambda images: images.filter(alt="")),
        "credit": (_("No credit"), lambda images: images.filter(credit="")),
    }


class RightsFilter(ChoiceFilter):
    """Pictures whose time is over, or soon will be."""

    title = _("rights")
    parameter_name = "rights"
    choices_of = {
        "expired": (_("Time is over"), lambda images: images.expired(timezone.localdate())),
        "soon": (_("Ends within 30 days"), lambda images: images.expiring(timezone.localdate(), days=SOON)),
    }


class UseFilter(ChoiceFilter):
    """Pictures that readers see, and those that nobody uses."""

    title = _("use")
    parameter_name = "use"
    choices_of = {
        "live": (_("Readers see it"), lambda images: images.live()),
        "unused": (_("Not used"), lambda images: images.unused()),
    }


class UploaderFilter(admin.SimpleListFilter):
    """Pictures that one person uploaded."""

    title = _("uploaded by")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        uploaded = Exists(Image.objects.filter(uploaded_by=OuterRef("pk")))
        people = User.objects.filter(uploaded).exclude(pk=request.user.pk).order_by("first_name", "username")
        names = [(str(user.pk), user.get_full_name() or user.get_username()) for user in people]
        return [("me", _("Me")), *names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        value = self.value() or ""
        if value == "me":
            return queryset.filter(uploaded_by=request.user)
        number = read_number(value)
        return queryset if number is None else queryset.filter(uploaded_by=number)


FILTERS = [RightsFilter, WordsFilter, UseFilter, UploaderFilter]
