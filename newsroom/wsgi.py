"""The WSGI entry point: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsroom.encoding import read_as_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = read_as_utf8(get_wsgi_application())
if settings.NEWSROOM_PAGE_STORE:
    # Not before Django is set up: the store asks the models for the site's version.
    from newsroom.page_store.store import open_store

    application = open_store(application)
