"""What the page store may touch: the requests that it answers, what it asks of Django, what it may keep."""

from io import BytesIO
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.house import House

Environ = dict[str, Any]
Header = tuple[str, str]

# Pages that may be kept, by the name of their address, with the parameters that each reads. What readers
# type themselves (searches, names of speakers) is left out: it hardly ever comes twice.
PARAMETERS: Final[dict[str, frozenset[str]]] = {
    f"articles:{name}": frozenset(parameters.split())
    for name, parameters in {
        "about": "",
        "about_quotes": "",
        "archive": "",
        "archive_day": "before",
        "archive_month": "",
        "archive_year": "",
        "author": "before",
        "author_feed": "",
        "changes": "",
        "corrections": "before kind",
        "corrections_feed": "",
        "developing": "before",
        "disputes": "before",
        "embed_quote": "",
        "feed": "",
        "feeds": "",
        "front": "",
        "history": "before",
        "llms": "",
        "manifest": "",
        "policies": "",
        "policy": "",
        "policy_version": "",
        "quote": "",
        "quote_check": "",
        "quotes": "before section state",
        "quotes_feed": "",
        "search": "",
        "section": "before",
        "section_feed": "",
        "sitemap": "",
        "sitemap_news": "",
        "sitemap_part": "from",
        "source": "before",
        "speaker": "before by topic verified year",
        "speaker_feed": "",
        "speakers": "after from",
        "story": "",
        "topic": "before",
        "topic_feed": "",
        "transparency": "days",
    }.items()
}
LONGEST_QUERY: Final = 200
KEPT_STATUS: Final = frozenset({200, 301, 410})
LARGEST: Final = 2 * 1024 * 1024  # bytes of one page
# What Django hears of the reader when a page is to be kept: where the page is, and nothing about who asks.
HEARD: Final = frozenset({"HTTP_HOST", "PATH_INFO", "QUERY_STRING", "SCRIPT_NAME"})


class Key(NamedTuple):
    """What tells one kept page from another."""

    scheme: str
    host: str
    path: str
    query: str


class Answer(NamedTuple):
    """What Django answered, in whole."""

    status: str
    headers: list[Header]
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def header(self, name: str) -> str:
        """The values of all headers of that name, as one list; empty when there is none."""
        return ", ".join(value for each, value in self.headers if each.lower() == name)


class Requests:
    """Which requests the store may answer. Reads the settings once."""

    def __init__(self) -> None:
        # A host with a wildcard would let a reader invent any number of names for one page.
        self._hosts = frozenset(host.lower() for host in settings.ALLOWED_HOSTS if host[:1] not in ".*")
        self._persons = (settings.SESSION_COOKIE_NAME, "messages")
        name, self._secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self._proxy_header = name
        # Where the scheme stands in most requests as keys have it; nowhere, where a proxy has other words.
        believed = name if self._secure == "https" else "no such header"
        self.scheme_header = believed if name else "wsgi.url_scheme"

    def key(self, environ: Environ) -> Key | None:
        """The key of the page that is asked for, or None when this request is Django's alone."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ.get("SCRIPT_NAME"):
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if "HTTP_AUTHORIZATION" in environ or any(name in cookies for name in self._persons):
            return None
        host = environ.get("HTTP_HOST", "").lower()
        if host.removesuffix(f":{environ.get('SERVER_PORT')}") not in self._hosts:
            return None
        return Key(self._scheme(environ), host, environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))

    def may_keep(self, key: Key) -> bool:
        """Whether there may be a page of that key: its address has one, and its query is in plain form."""
        try:
            known = PARAMETERS.get(resolve(key.path.encode("latin-1").decode()).view_name)
        except (Resolver404, UnicodeDecodeError):
            return False
        if known is None or len(key.query) > LONGEST_QUERY:
            return False
        pairs = parse_qsl(key.query, keep_blank_values=True)
        names = [name for name, _ in pairs]
        return known.issuperset(names) and len(names) == len(set(names)) and urlencode(pairs) == key.query

    def without_reader(self, environ: Environ, key: Key) -> Environ:
        """The request as everybody makes it: no cookie, no condition, no header that could colour a page."""
        heard = {
            name: value
            for name, value in environ.items()
            if name in HEARD or name == self._proxy_header or name.startswith(("SERVER_", "wsgi."))
        }
        plain = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "", "HTTP_HOST": key.host, "wsgi.input": BytesIO()}
        return heard | plain

    def _scheme(self, environ: Environ) -> str:
        told = environ.get(self._proxy_header) if self._proxy_header else None
        if told is not None:  # as `HttpRequest.scheme` reads it
            return "https" if told.split(",", 1)[0].strip() == self._secure else "http"
        return environ.get("wsgi.url_scheme", "http")


def keepable(answer: Answer, house: House) -> bool:
    """Whether everybody may be given this answer again, which was made in that house."""
    life = {part.strip().partition("=")[0].lower() for part in answer.header("cache-control").split(",")}
    varies = {part.strip().lower() for part in answer.header("vary").split(",")} - {""}
    return (
        house.version > 0
        and answer.code in KEPT_STATUS
        and "public" in life
        and not life & {"private", "no-store", "no-cache"}
        and varies <= {"accept-encoding"}
        and not answer.header("content-encoding")
        and is_for_everybody(answer)
        and len(answer.body) <= LARGEST
    )


def is_for_everybody(answer: Answer) -> bool:
    """Whether an answer that was made without hearing of a reader holds nothing that is meant for one."""
    return not answer.header("set-cookie") and "'nonce-" not in answer.header("content-security-policy")
