"""Registers the one app, and the desk as the admin of this site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"


class DeskConfig(SimpleAdminConfig):
    """The Django admin as the editors' door: it shows the records of the newsroom and no others."""

    default_site = "articles.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # Not autodiscovery: the site is made while its own package is imported, and must be made once.
        import_module("articles.admin")
