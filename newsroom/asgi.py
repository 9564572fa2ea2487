"""The ASGI entry point, for servers that speak it."""

import os

from django.core.asgi import get_asgi_application

from newsroom.encoding import read_as_utf8_async

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = read_as_utf8_async(get_asgi_application())
