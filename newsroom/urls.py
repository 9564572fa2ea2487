"""Where requests go: the desk under /admin/, readers everywhere else."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

from newsroom.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("", include("articles.urls")),
]

handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"

if settings.NEWSROOM_SERVE_MEDIA:
    # Before the reader pages, whose patterns may be broad.
    media = re_path(
        rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}
    )
    urlpatterns.insert(0, media)
