"""The WSGI entry point: `gunicorn newsroom.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.encoding import read_as_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = read_as_utf8(get_wsgi_application())
