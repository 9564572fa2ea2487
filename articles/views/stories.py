"""The lists of stories."""

from django.http import HttpRequest, HttpResponse

from articles import jsonld
from articles.house import House, depends_on, page, public_page
from articles.models import Edition, EditionTopic, FormerAddress, Section
from articles.models.surrogate import section_key, topic_key
from articles.moved import where_section, where_topic
from articles.views.errors import elsewhere
from articles.views.lists import stories_page


@public_page
def section(request: HttpRequest, section_slug: str) -> HttpResponse:
    """The stories of a section; 301 to where they are now when it has another address."""
    house: House = request.house
    depends_on(request, *map(section_key, house.section_slugs(section_slug)))
    if house.leads.get(section_slug):
        return elsewhere(request, where_section(section_slug, house), "articles:section")
    section = house.section(section_slug)
    stories = Edition.objects.published(house.now).filter(section_slug__in=house.section_slugs(section_slug))
    found = stories_page(stories, request)
    if section is None:
        if not found.stories:
            return elsewhere(request, where_section(section_slug, house), "articles:section")
        section = Section(name=found.stories[0].section_name, slug=section_slug)
    context = {
        "section": section,
        "page": found,
        "jsonld": jsonld.dump(jsonld.section_trail(section, house.paper)),
    }
    return page(request, "articles/section.html", context)


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories about a topic."""
    now = request.house.now
    known = FormerAddress.objects.known(FormerAddress.Kind.TOPIC, slug)
    depends_on(request, *map(topic_key, known.slugs))
    stories = Edition.objects.published(now).filter(topic_rows__slug__in=known.slugs)
    found = stories_page(stories, request)
    if known.now or not found.stories:
        return elsewhere(request, where_topic(known, now), "articles:topic")
    names = [topic["name"] for topic in found.stories[0].topics if topic["slug"] in known.slugs]
    context = {"topic": EditionTopic(name=names[0], slug=slug), "page": found}
    return page(request, "articles/topic.html", context)
