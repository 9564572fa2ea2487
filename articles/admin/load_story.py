"""Reading a story with all that its pages show."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.models import Story


def load_story(object_id: str, stories: QuerySet[Story] | None = None) -> Story:
    """The story with all that its page shows, or as `stories` reads it; or Http404."""
    rows = Story.objects.with_quotes() if stories is None else stories
    story = rows.select_related("raw", "assignment").filter(pk=read_number(object_id)).first()
    if story is None:
        raise Http404(_("There is no such story."))
    return story
