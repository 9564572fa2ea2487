"""Speakers on readers' pages: who they are elsewhere."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

# What identifies people and bodies in the records of others, and where such a record is.
REGISTERS = {
    "wikidata": (_("Wikidata"), "https://www.wikidata.org/wiki/{}"),
    "orcid": (_("ORCID"), "https://orcid.org/{}"),
    "isni": (_("ISNI"), "https://isni.org/isni/{}"),
    "viaf": (_("VIAF"), "https://viaf.org/viaf/{}"),
    "gnd": (_("GND"), "https://d-nb.info/gnd/{}"),
}


@register.filter
def identifiers(external_ids: object) -> list[dict[str, Any]]:
    """The identifiers that an edition keeps of a speaker, with the address of each that is known."""
    if not isinstance(external_ids, dict):
        return []
    found = []
    for name, value in external_ids.items():
        label, address = REGISTERS.get(str(name).casefold(), (name, ""))
        if value:
            found.append(
                {"label": label, "value": value, "address": address.format(str(value).replace(" ", ""))}
            )
    return found
