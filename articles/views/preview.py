"""The preview: the one page with a reader's face that reads a story. It needs a log-in or a signed link."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from articles.house import open_house, page, read_only
from articles.models import PreviewLink, Story
from articles.models.preview import SIGNER
from articles.story_page import render_article
from articles.workflow.preview import TYPED, Preview, open_preview, preview_story


@read_only
@never_cache
def preview_link(request: HttpRequest, token: str) -> HttpResponse:
    """A story for somebody with a link; 404 for an address that nobody made, 410 when it works no longer."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature as error:
        raise Http404(_("There is nothing at this address.")) from error
    link = open_preview(key)
    if link is None:
        return _private(page(request, "articles/preview_over.html", status=410))
    return _show(request, link.story, preview_story(link.story, by=link.made_by), link)


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # it stands beside the form
@never_cache
@staff_member_required(login_url="admin:login")
def preview_at_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """A story as stored, or with what is posted from its form, for who may read it at the desk."""
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied
    story = get_object_or_404(Story, pk=pk)
    typed = {name: request.POST[name] for name in TYPED if name in request.POST}
    return _show(request, story, preview_story(story, by=request.user, typed=typed))


def _show(
    request: HttpRequest, story: Story, preview: Preview, link: PreviewLink | None = None
) -> HttpResponse:
    request.house = open_house()
    edition = preview.edition
    article = render_article(edition, preview.quotes, preview.corrections, request.house.paper)
    parts = {"title": edition.headline, "description": edition.dek or edition.headline}
    context = {
        "parts": parts | dict(zip(("article", "article_end"), article, strict=True)),
        "section_slug": edition.section_slug,
        "link": link,
        "version": story.version,
    }
    return _private(page(request, "articles/preview.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Found by no search engine, and its address told to no other site."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
