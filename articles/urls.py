"""The addresses that readers use."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from articles.sitemaps import views as sitemaps
from articles.views import (
    archive,
    corrections,
    disputes,
    embed,
    front,
    history,
    look,
    machines,
    people,
    policies,
    preview,
    quote_check,
    quotes,
    records,
    search,
    share_image,
    speakers,
    stories,
    story,
    transparency,
)

register_converter(archive.Digits, "dd")
register_converter(archive.FourDigits, "yyyy")

app_name = "articles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("about/", policies.about, name="about"),
    path("api/v1/", include("articles.api.urls")),
    path("archive/", archive.archive, name="archive"),
    path("archive/<yyyy:year>/", archive.archive_year, name="archive_year"),
    path("archive/<yyyy:year>/<dd:month>/", archive.archive_month, name="archive_month"),
    path("archive/<yyyy:year>/<dd:month>/<dd:day>/", archive.archive_day, name="archive_day"),
    # Slugs of people and topics may hold letters of any alphabet.
    path("authors/<str:slug>/", people.author, name="author"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("developing/", front.developing, name="developing"),
    path("embed/quotes/<slug:key>/", embed.quote_frame, name="embed_quote"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/new/", disputes.dispute, name="dispute"),
    path("disputes/<slug:key>/", disputes.dispute_state, name="dispute_state"),
    path("feeds/", include("articles.feeds.urls")),
    path("oembed/", embed.oembed, name="oembed"),
    path("policies/", policies.policies, name="policies"),
    path("policies/quotations/", policies.about_quotes, name="about_quotes"),
    path("policies/<slug:slug>/", policies.policy, name="policy"),
    path("policies/<slug:slug>/<int:number>/", policies.policy_version, name="policy_version"),
    path("paper.<slug:stamp>.css", look.paper_css, name="paper_css"),
    path("preview/look/", look.look_preview, name="look_preview"),
    path("preview/look.css", look.look_preview_css, name="look_preview_css"),
    path("preview/front/", front.front_preview, name="front_preview"),
    path("preview/policies/<int:pk>/", policies.policy_preview, name="policy_preview"),
    path("preview/<int:pk>/", preview.preview_at_desk, name="preview"),
    path("preview/<str:token>/", preview.preview_link, name="preview_link"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/check/", quote_check.quote_check, name="quote_check"),
    path("quotes/<slug:key>/", quotes.quote, name="quote"),
    path("quotes/<slug:key>/card-<slug:stamp>.png", share_image.quote_image, name="quote_image"),
    path("search/", search.search, name="search"),
    path("sources/<slug:key>/", records.source, name="source"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<str:slug>/", speakers.speaker, name="speaker"),
    path("topics/<str:slug>/", stories.topic, name="topic"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("llms.txt", machines.llms, name="llms"),
    path("robots.txt", machines.robots, name="robots"),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news_map, name="sitemap_news"),
    path("sitemap-<slug:name>.xml", sitemaps.part, name="sitemap_part"),
    # Last: any word that is not an address above can be a section.
    path("<slug:section_slug>/", stories.section, name="section"),
    path("<slug:section_slug>/<slug:slug>/", story.story, name="story"),
    path("<slug:section_slug>/<slug:slug>/history/", history.history, name="history"),
    path(
        "<slug:section_slug>/<slug:slug>/history/<int:first>-<int:second>/", history.changes, name="changes"
    ),
    path(
        "<slug:section_slug>/<slug:slug>/card-<slug:stamp>.png", share_image.story_image, name="story_image"
    ),
]
