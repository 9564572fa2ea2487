"""Lets `manage.py` find the command."""

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "newsroom.mirror"
