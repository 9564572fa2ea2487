"""The addresses of planning, for the site."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern

from articles.admin.assignment_story import assignment_story_urls
from articles.admin.board import board_urls
from articles.admin.budget import budget_urls
from articles.admin.calendar_page import calendar_urls
from articles.admin.looking_again import reminder_urls


def planning_urls(site: AdminSite) -> list[URLPattern]:
    """Calendar, board, budget, reminders, and what an assignment became."""
    pages = [*calendar_urls(site), *board_urls(site), *budget_urls(site), *reminder_urls(site)]
    return [*pages, *assignment_story_urls(site)]
