"""Reading a story with all that its pages show."""

from django.http import Http404
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.models import Story


def load_story(object_id: str) -> Story:
    """The story with all that its page shows, or Http404."""
    story = Story.objects.with_quotes().select_related("assignment").filter(pk=read_number(object_id)).first()
    if story is None:
        raise Http404(_("There is no such story."))
    return story
