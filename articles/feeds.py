"""Feeds of the whole paper and of each section, with the full text and where its quotations are from."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.sax.saxutils import XMLGenerator

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from articles.jsonld import absolute
from articles.models import Edition, Section

ITEMS = 30
MAX_AGE = 300


class FullTextAtom(Atom1Feed):
    """Atom with the text of each story beside its summary."""

    def add_item_elements(self, handler: XMLGenerator, item: dict) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class FullTextRss(Rss201rev2Feed):
    """RSS with the text of each story beside its summary."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: XMLGenerator, item: dict) -> None:
        # An <author> of RSS must be an e-mail address; ours have names.
        names, item["author_name"] = item["author_name"], None
        super().add_item_elements(handler, item)
        if names:
            handler.addQuickElement("dc:creator", names)
        handler.addQuickElement("content:encoded", item["content"])


class AtomFeed(Feed):
    """The latest stories of the paper, or of one section."""

    feed_type = FullTextAtom
    suffix = ""

    def __call__(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    def get_object(self, request: HttpRequest, section_slug: str = "") -> Section | None:
        return Section.objects.get(slug=section_slug) if section_slug else None

    def title(self, section: Section | None) -> str:
        return f"{settings.NEWSROOM_NAME}: {section.name}" if section else settings.NEWSROOM_NAME

    def description(self, section: Section | None) -> str:
        return (section.description if section else "") or settings.NEWSROOM_TAGLINE

    subtitle = description

    def link(self, section: Section | None) -> str:
        path = reverse("articles:section", args=[section.slug]) if section else reverse("articles:front")
        return absolute(path)

    def feed_url(self, section: Section | None) -> str:
        if section:
            return absolute(reverse(f"articles:section_feed{self.suffix}", args=[section.slug]))
        return absolute(reverse(f"articles:feed{self.suffix}"))

    def feed_guid(self, section: Section | None) -> str:
        return self.link(section)

    def author_name(self) -> str:
        return settings.NEWSROOM_NAME

    def items(self, section: Section | None) -> list[Edition]:
        stories = Edition.objects.published()
        if section:
            stories = stories.filter(section_slug=section.slug)
        return list(stories.newest_first().with_everything()[:ITEMS])

    def item_title(self, item: Edition) -> str:
        return item.headline

    def item_description(self, item: Edition) -> str:
        return item.dek or item.body_text.split("\n\n")[0]

    def item_link(self, item: Edition) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Edition) -> str:
        """The same for every edition of a story, whatever its address becomes."""
        host = urlsplit(settings.NEWSROOM_URL).hostname
        return f"tag:{host},{item.first_live_from:%Y-%m-%d}:story/{item.story_id}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Edition) -> datetime:
        return item.first_live_from

    def item_updateddate(self, item: Edition) -> datetime:
        return item.live_from

    def item_author_name(self, item: Edition) -> str:
        return ", ".join(byline["name"] for byline in item.bylines) or settings.NEWSROOM_NAME

    def item_categories(self, item: Edition) -> list[str]:
        return [item.section_name, *(topic["name"] for topic in item.topics)]

    def item_extra_kwargs(self, item: Edition) -> dict[str, str]:
        return {"content": feed_content(item)}


class RssFeed(AtomFeed):
    """The same stories as RSS."""

    feed_type = FullTextRss
    suffix = "_rss"


def feed_content(edition: Edition) -> str:
    """The story as HTML for feed readers: corrections, text, and where each quotation is from."""
    context = {
        "edition": edition,
        "quotes": edition.quotes.all(),
        "corrections": edition.story_corrections.all(),
    }
    html = render_to_string("articles/feed_item.html", context).strip()
    # A feed reader shows the story under an address of its own, where a path leads nowhere.
    return html.replace(' href="/', f' href="{settings.NEWSROOM_URL}/')
