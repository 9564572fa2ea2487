#!/usr/bin/env python
"""Django's command-line utility for the newsroom."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The sentence says what to set; where in Django it was noticed helps nobody.
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
