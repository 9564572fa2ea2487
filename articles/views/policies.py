"""What the paper promises, who makes it, and what the marks beside quotations mean."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.house import depends_on, page, public_page, read_only
from articles.models import Author, EditionByline, Policy, PolicyEdition, PolicyKind
from articles.models.edition import live_at
from articles.models.surrogate import LISTS, POLICIES, STAFF
from articles.views.errors import gone

VERSIONS = 50  # of a policy, in its history


@public_page
def policies(request: HttpRequest) -> HttpResponse:
    """All policies, each with its sentence."""
    depends_on(request, POLICIES)
    live = PolicyEdition.objects.live(request.house.now).defer("body_html")
    return page(request, "articles/policies/list.html", {"policies": list(live)})


@public_page
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """A policy and its history; 301 from an old address, 410 when it was withdrawn."""
    now = request.house.now
    depends_on(request, POLICIES)
    edition = PolicyEdition.objects.live(now).filter(slug=slug).first()
    if edition is None:
        return _former(request, slug)
    return page(request, "articles/policies/detail.html", {"policy": edition, **_history(edition, now)})


@public_page
def policy_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a policy said before. Found by no search engine, so that nobody takes it for what holds now."""
    now = request.house.now
    depends_on(request, POLICIES)
    current = PolicyEdition.objects.live(now).filter(slug=slug).first()
    if current is None:
        return _former(request, slug)
    former = PolicyEdition.objects.once_live(now).filter(policy=current.policy_id, number=number).first()
    if former is None:
        raise Http404(_("This policy has no such version."))
    if former.pk == current.pk:
        return HttpResponseRedirect(current.get_absolute_url())
    context = {"policy": former, "current": current, **_history(current, now)}
    response = page(request, "articles/policies/detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Who makes the paper: what it says about itself, and the staff who have published something."""
    now = request.house.now
    depends_on(request, POLICIES, LISTS, STAFF)
    printed = EditionByline.objects.filter(
        live_at(now, "edition__"), slug=OuterRef("slug"), edition__gone=False
    )
    staff = Author.objects.filter(Exists(printed), user__is_active=True).order_by("name")
    context = {
        "policy": PolicyEdition.objects.live(now).filter(kind=PolicyKind.MASTHEAD).first(),
        "staff": list(staff),
    }
    return page(request, "articles/policies/about.html", context)


@public_page
def about_quotes(request: HttpRequest) -> HttpResponse:
    """What the marks beside a quotation mean, and what the program and people do before one is printed."""
    depends_on(request)
    return page(request, "articles/about_quotes.html")


@read_only
@never_cache
@staff_member_required(login_url="admin:login")
def policy_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A policy as it is saved at the desk, as readers would see it; for who may read it there."""
    if not request.user.has_perm("articles.view_policy"):
        raise PermissionDenied
    draft = get_object_or_404(Policy, pk=pk)
    edition = PolicyEdition(
        policy=draft, kind=draft.kind, title=draft.title, slug=draft.slug, summary=draft.summary,
        body_html=draft.body, live_from=timezone.now(),
    )  # fmt: skip
    response = page(request, "articles/policies/detail.html", {"policy": edition, "is_preview": True})
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _history(edition: PolicyEdition, now: object) -> dict[str, object]:
    versions = PolicyEdition.objects.once_live(now).filter(policy=edition.policy_id).defer("body_html")
    return {"versions": list(versions[:VERSIONS])}


def _former(request: HttpRequest, slug: str) -> HttpResponse:
    now = request.house.now
    former = PolicyEdition.objects.once_live(now).filter(slug=slug).defer("body_html").first()
    if former is None:
        raise Http404(_("There is no policy at this address."))
    current = PolicyEdition.objects.live(now).filter(policy=former.policy_id).first()
    return HttpResponsePermanentRedirect(current.get_absolute_url()) if current else gone(request)
