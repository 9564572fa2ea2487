"""The addresses of feeds, below /feeds/."""

from django.urls import path, register_converter

from articles.feeds.views import FeedForm, feed, feeds

register_converter(FeedForm, "form")

urlpatterns = [
    path("", feeds, name="feeds"),
    path("atom/", feed, {"subject": "site"}, name="feed"),
    path("<form:form>/", feed, {"subject": "site"}, name="feed"),
    path("authors/<str:slug>/<form:form>/", feed, {"subject": "author"}, name="author_feed"),
    path("corrections/<form:form>/", feed, {"subject": "corrections"}, name="corrections_feed"),
    path("quotes/<form:form>/", feed, {"subject": "quotes"}, name="quotes_feed"),
    path("speakers/<str:slug>/<form:form>/", feed, {"subject": "speaker"}, name="speaker_feed"),
    path("topics/<str:slug>/<form:form>/", feed, {"subject": "topic"}, name="topic_feed"),
    # Last: the names above are no sections.
    path("<slug:slug>/<form:form>/", feed, {"subject": "section"}, name="section_feed"),
]
