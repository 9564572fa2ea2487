"""Sections, authors and the people who log in."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.records import DeskAdmin
from articles.models import Author, Section
from articles.workflow.readers import save_account
from articles.workflow.sections import delete_section, save_author, save_section

# Importing Django's own pages for people registers them; ours take their place.
admin.site.unregister([Group, User])


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    """The desks of the paper, in the order that readers see."""

    list_display = ["name", "slug", "position", "colour", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def save_model(self, request: HttpRequest, obj: Section, form: Any, change: bool) -> None:
        save_section(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Section) -> None:
        delete_section(obj, by=request.user)


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    """Names that stand in bylines."""

    list_display = ["name", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        save_author(obj, by=request.user)


class PersonForm(UserChangeForm):
    """The stock form without help texts that its template gives no id: a screen reader looks in vain."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"password", "groups"} & self.fields.keys():
            self.fields[name].help_text = ""


class PasswordForm(AdminPasswordChangeForm):
    """The stock form, with a sentence where it has a list within a paragraph."""

    usable_password_help_text = _(
        "Whether the person logs in with a password. When you disable it, the present password is lost."
    )


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    """People who log in. What they may do comes from their roles, not from single permissions."""

    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    form = PersonForm
    change_password_form = PasswordForm
    formfield_overrides = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Roles"), {
            "fields": ["is_active", "is_staff", "groups"],
            "description": _(
                "A role gives a person everything that it needs. "
                "Somebody who leaves is made inactive, not deleted."
            ),
        }),
    ]  # fmt: skip
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        save_account(obj)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """The names of the groups."""
        return ", ".join(group.name for group in user.groups.all()) or "–"


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The five roles of the newsroom. They are made by the program; here they can be read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
