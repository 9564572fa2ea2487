"""How the files are served: maps of what moved, went or has a long name, and the settings around them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.mirror.ask import Site
from newsroom.mirror.files import ENDINGS
from newsroom.mirror.ledger import Ledger
from newsroom.page_store.rules import PARAMETERS

PASSED_ON: Final = (
    "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security",
)  # fmt: skip
CSP, FRAMES = "Content-Security-Policy", "X-Frame-Options"
FRAMED: Final = "/embed/"  # pages that others may frame, and so with other headers

MAPS: Final = """\
# Written by “manage.py bake”, again each time. For the http part of nginx.conf.
map_hash_max_size 1048576;
map_hash_bucket_size 1024;

# A question to a list is the name of a file; what else stands behind “?” is passed over.
map $args $mirror_list {{
    default "";
    "~^(?:[A-Za-z0-9%._~+&=:-]*&)?(?:{parameters})=[A-Za-z0-9%._~+&=:-]*$" "@$args";
}}
map $uri $mirror_place {{ default $uri; include "{at}/nginx/long.map"; }}
map $uri $mirror_moved {{ default ""; include "{at}/nginx/moved.map"; }}
map $uri $mirror_found {{ default ""; include "{at}/nginx/found.map"; }}
map $uri $mirror_gone {{ default ""; include "{at}/nginx/gone.map"; }}
map $request_uri $mirror_life {{
    default "public, max-age=60";
    "~^{static}.+\\.[0-9a-f]{{12}}\\." "public, max-age=31536000, immutable";
    "~^{media}" "public, max-age=31536000, immutable";
    "~^/paper\\." "public, max-age=31536000, immutable";
}}
map $status $mirror_retry {{ default ""; 503 3600; }}
map $request_uri $mirror_policy {{ default "{csp}"; "~^/embed/" "{embed_csp}"; }}
map $request_uri $mirror_frames {{ default "{frames}"; "~^/embed/" "{embed_frames}"; }}
"""

SITE: Final = """\
# Written by “manage.py bake”, again each time. For a server part, beside listen, server_name and TLS.
root "{at}/site";
absolute_redirect off;
server_tokens off;
types {{
{types}
    text/javascript js; image/svg+xml svg; image/jpeg jpg jpeg; image/webp webp; image/avif avif;
    image/gif gif; image/x-icon ico; font/woff2 woff2; application/json map;
}}
default_type application/octet-stream;
charset utf-8;
charset_types text/plain text/css text/javascript application/xml application/atom+xml application/rss+xml
    application/feed+json;
gzip_static on;
gzip_vary on;
add_header Cache-Control $mirror_life;
add_header Content-Security-Policy $mirror_policy always;
add_header X-Frame-Options $mirror_frames always;
add_header Retry-After $mirror_retry always;
{headers}
error_page 404 /.pages/missing.html;
error_page 405 503 /.pages/resting.html;
error_page 410 $mirror_gone;

# What only the site itself can answer.
location ~ ^/(search|quotes/check|disputes/new|oembed|api|preview|admin|health)(/|$) {{
    return 503;
}}
location ^~ /.pages/ {{ internal; }}
location ^~ /.gone/ {{ internal; }}
# The names of the mirror's own files are no addresses.
location ~ (/\\.|@|/index\\.[a-z]+$|\\.gz$) {{
    if ($mirror_moved) {{ return 301 $mirror_moved; }}
    return 404;
}}
location ^~ {static} {{ try_files $uri =404; }}
location ^~ {media} {{ try_files $uri =404; }}
location ^~ /feeds/ {{
    if ($mirror_moved) {{ return 301 $mirror_moved$is_args$args; }}
    if ($mirror_gone) {{ return 410; }}
    try_files ${{mirror_place}}index.atom ${{mirror_place}}index.rss ${{mirror_place}}index.json
        ${{mirror_place}}index.html @slash;
}}
location ~ /$ {{
    if ($mirror_moved) {{ return 301 $mirror_moved$is_args$args; }}
    if ($mirror_found) {{ return 302 $mirror_found; }}
    if ($mirror_gone) {{ return 410; }}
    try_files ${{mirror_place}}index$mirror_list.html =404;
}}
location ~ ^(?<mirror_map>/sitemap[^/]*)\\.xml$ {{ try_files $mirror_map$mirror_list.xml =404; }}
location / {{
    if ($mirror_moved) {{ return 301 $mirror_moved; }}
    try_files $uri @slash;
}}
location @slash {{
    rewrite ^([^.]*[^/.])$ $1/ permanent;
    return 404;
}}
"""

SERVER: Final = """\
# Written by “manage.py bake”, again each time. An example; the http part may include it as it is.
include "{at}/nginx/maps.conf";
server {{
    listen 80;
    server_name {host};
    include "{at}/nginx/site.conf";
}}
"""


def write_configuration(folder: Path, ledger: Ledger, site: Site, at: Path) -> None:
    """Write the maps, the settings and an example of a server; `at` is where the mirror lies when served.

    After a change of the maps nginx must read them again. A page that went is no longer served before that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moved, found = (((address, _target(goes)) for address, goes in ledger.moved(code)) for code in (301, 302))
    gone = ((address, f"/{file}") for address, file in ledger.gone())
    long = ((address, f"/{file.rpartition('/')[0]}/") for address, file in ledger.long())
    for name, pairs in (("moved", moved), ("found", found), ("gone", gone), ("long", long)):
        _put(folder / f"{name}.map", _map_lines(pairs))
    words = _words(site, at, ledger.first(FRAMED))
    for name, text in (("maps.conf", MAPS), ("site.conf", SITE), ("server.conf", SERVER)):
        _put(folder / name, [text.format(**words)])


def _words(site: Site, at: Path, framed: str) -> dict[str, str]:
    front = site.ask("/").answer
    embed = site.ask(framed).answer if framed else front
    headers = ((name, front.header(name.lower())) for name in PASSED_ON)
    return {
        "at": str(at),
        "host": urlsplit(settings.NEWSROOM_URL).hostname or "_",
        "static": settings.STATIC_URL,
        "media": settings.MEDIA_URL if settings.MEDIA_URL.startswith("/") else "/media/",
        "types": "\n".join(f"    {kind} {ending};" for kind, ending in ENDINGS.items()),
        "parameters": "|".join(sorted(set().union(*PARAMETERS.values()))),
        "csp": _quoted(front.header(CSP.lower())),
        "embed_csp": _quoted(embed.header(CSP.lower())),
        "frames": _quoted(front.header(FRAMES.lower())),
        "embed_frames": _quoted(embed.header(FRAMES.lower())),
        "headers": "\n".join(
            f'add_header {name} "{_quoted(value)}" always;' for name, value in headers if value
        ),
    }


def _map_lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each plain address. nginx takes capitals for small letters, and no address twice."""
    seen: set[str] = set()
    for address, value in pairs:
        if "?" not in address and address.lower() not in seen:
            seen.add(address.lower())
            yield f'"{_quoted(address)}" "{_quoted(value)}";\n'


def _target(location: str) -> str:
    return location.partition("?")[0].removeprefix(settings.NEWSROOM_URL).replace("$", "%24")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _put(path: Path, lines: Iterable[str]) -> None:
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    os.replace(new, path)
