"""The editor of the body: what it may hold, its words, and the modules that make it a desk for quotations."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import DEFAULT_MENU_GROUPS
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media, Script

from articles.text.typography import marks_of

# What the body may hold; `articles.text.markup` has the last word, whatever the editor sends.
BODY_EXTENSIONS: Final[dict[str, Any]] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "NoSpellCheck": False,
    "Table": {"resizable": False},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    # "end.In" is no address: only an editor makes a link.
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"], "autolink": False},
    "Menu": {"groups": [*DEFAULT_MENU_GROUPS, {"group": "insert"}, {"group": "writing"}]},
}
MODULES: Final = ("quotations", "passages", "elements", "cleaning", "typography", "replace")
WORDS: Final[Mapping[str, str | Promise]] = {
    "search": _("Search"),
    "cancel": _("Cancel"),
    "take": _("Put it in"),
    "none": _("Nothing was found. Try other words."),
    "offline": _("The server did not answer. Try again in a moment."),
    "picture": _("Picture"),
    "pictureTitle": _("Put a picture into the text"),
    "pictureEmpty": _("The library has no pictures yet. Add one under “Lead image”."),
    "pictureGone": _("This picture is no longer in the library. Choose another, or delete this."),
    "pull": _("Pull quote"),
    "pullTitle": _("Set a quotation of this story large"),
    "pullEmpty": _("This story has no quotation with a record yet. Save it, and say whose words they are."),
    "pullGone": _("These words are no longer in the story. Put them back, or delete this."),
    "card": _("Link card"),
    "cardTitle": _("Put a card that leads to another site into the text"),
    "cardAddress": _("Address"),
    "cardWords": _("What readers find there"),
    "note": _("Footnote"),
    "noteTitle": _("Put a footnote here"),
    "linkTitle": _("Link"),
    "linkAddress": _("Address, or look for a story or a speaker below"),
    "linkEmpty": _("Type words of a headline or a name."),
    "typography": _("Tidy"),
    "typographyTitle": _("Set quotation marks, dashes and spaces as printed"),
    "replace": _("Find"),
    "replaceTitle": _("Find and replace"),
    "find": _("Find"),
    "with": _("Replace with"),
    "next": _("Next"),
    "previous": _("Previous"),
    "one": _("Replace"),
    "all": _("Replace all"),
    "case": _("Capitals as typed"),
    "close": _("Close"),
    "found": _("{place} of {count}"),
    "notFound": _("Not in the text."),
    "replaced": _("{count} replaced. Undo brings them back."),
}


class BodyWidget(AdminProseEditorWidget):
    """The rich-text editor, with quotations underlined by their state as one types.

    `read_url` is where the editor asks which quotations the text holds.
    """

    def __init__(self, read_url: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        self.read_url = read_url
        super().__init__(config={"extensions": BODY_EXTENSIONS}, preset="configurable", attrs=attrs)

    @property
    def media(self) -> Media:
        names = Script("articles/desk/editor.js", type="module")
        return Media(js=[names], css={"all": ["articles/desk/body.css"]}) + super().media

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        elements = {"url": reverse("admin:articles_story_elements"), "words": WORDS}
        config["extensions"] = config["extensions"] | {
            "Quotations": {"url": self.read_url},
            "Passages": True,
            "Elements": elements,
            "Link": BODY_EXTENSIONS["Link"] | elements,
            "Cleaning": {"url": reverse("admin:articles_story_clean_paste")},
            "Typography": {
                "url": reverse("admin:articles_story_typeset"),
                "marks": asdict(marks_of(settings.LANGUAGE_CODE)),
                "words": WORDS,
            },
            "Replace": {"words": WORDS},
        }
        config["js_modules"] = [static(f"articles/desk/{name}.js") for name in MODULES]
        return config
