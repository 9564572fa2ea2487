"""How the paper shows what it promises, and what it counts."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from articles.house import House
from articles.models import PolicyLink
from articles.text.markup import clean_html

register = template.Library()

HOURS = 48  # from here on, days say it better


@register.filter
def policy_text(html: str) -> SafeString:
    """The text of a policy, cleaned once more before it is trusted."""
    return mark_safe(clean_html(html))  # noqa: S308


@register.filter
def policy_of(house: House, kind: str) -> PolicyLink | None:
    """The published policy of a kind, or None."""
    return house.policy(kind)


@register.filter
def in_hours(hours: float) -> str:
    """A stretch of time in hours; in days when it is long."""
    if hours < HOURS:
        whole = max(1, round(hours))
        return ngettext("%(count)d hour", "%(count)d hours", whole) % {"count": whole}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
