"""All settings of the newsroom, read from the environment (and from a `.env` file, if there is one).

Nothing here is lenient by default: without NEWSROOM_DEV the program refuses to start until it has a
secret key and host names, and it serves over HTTPS only. `.env.example` explains every variable.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from warnings import filterwarnings

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env_file = os.environ.get("NEWSROOM_ENV_FILE", str(BASE_DIR / ".env"))
if env_file and Path(env_file).is_file():
    env.read_env(env_file)


def required(name: str, why: str) -> str:
    """Return the variable `name`; raise ImproperlyConfigured, saying `why` it is needed, when it is empty."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. {why} Set it in the environment or in .env (see .env.example), "
            "or set NEWSROOM_DEV=1 on a machine that only you use."
        )
    return value


# --- Development or production -------------------------------------------------------------------
# The only switch. Off unless somebody asks for it by name.

NEWSROOM_DEV = env.bool("NEWSROOM_DEV", default=False)
DEBUG = NEWSROOM_DEV and env.bool("DEBUG", default=True)

if NEWSROOM_DEV:
    SECRET_KEY = env.str("SECRET_KEY", default="for-development-only-" + "0" * 50)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    SECRET_KEY = required("SECRET_KEY", "It signs the sessions of everybody who logs in.")
    ALLOWED_HOSTS = [
        host.strip()
        for host in required("ALLOWED_HOSTS", "It lists the host names that readers use.").split(",")
        if host.strip()
    ]
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of this site. '*' would accept any.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- The paper -----------------------------------------------------------------------------------

NEWSROOM_NAME = env.str("NEWSROOM_NAME", default="The Kelder Courier")
NEWSROOM_TAGLINE = env.str("NEWSROOM_TAGLINE", default="News from the Kelder estuary, with its sources")
NEWSROOM_URL = env.str("NEWSROOM_URL", default="http://127.0.0.1:8000").rstrip("/")
if urlsplit(NEWSROOM_URL).scheme not in {"http", "https"} or not urlsplit(NEWSROOM_URL).netloc:
    raise ImproperlyConfigured(
        "NEWSROOM_URL must be the public address of the paper, such as https://news.example."
    )

# Which edits of a speaker's words the house allows without calling the quotation altered.
NEWSROOM_QUOTE_POLICY = {
    "closing_punctuation": env.bool("NEWSROOM_QUOTE_CLOSING_PUNCTUATION", default=True),
    "bracketed_insertion": env.bool("NEWSROOM_QUOTE_BRACKETED_INSERTION", default=True),
    "ellipsis": env.bool("NEWSROOM_QUOTE_ELLIPSIS", default=True),
    "capital": env.bool("NEWSROOM_QUOTE_CAPITAL", default=True),
    "filler": env.bool("NEWSROOM_QUOTE_FILLER", default=False),
}
# A developing story that nobody changes for so long wants another look.
NEWSROOM_DEVELOPING_HOURS = env.int("NEWSROOM_DEVELOPING_HOURS", default=6)
# Where a story shows its corrections; a retraction stands at the top always.
NEWSROOM_CORRECTIONS_AT = env.str("NEWSROOM_CORRECTIONS_AT", default="top")
if NEWSROOM_CORRECTIONS_AT not in {"top", "bottom"}:
    raise ImproperlyConfigured("NEWSROOM_CORRECTIONS_AT must be top or bottom.")
# Whether readers may compare the words of a story's versions; when and why it changed they see always.
NEWSROOM_HISTORY_TEXTS = env.bool("NEWSROOM_HISTORY_TEXTS", default=True)
# The hub (WebSub) that tells readers of feeds at once; feeds name it when there is one.
NEWSROOM_WEBSUB_HUB = env.str("NEWSROOM_WEBSUB_HUB", default="")

# Readers' disputes: when they are due, how long who sent one is kept, how many one place may send.
NEWSROOM_DISPUTE_HOURS = env.int("NEWSROOM_DISPUTE_HOURS", default=72)
NEWSROOM_DISPUTE_KEEP_DAYS = env.int("NEWSROOM_DISPUTE_KEEP_DAYS", default=90)
NEWSROOM_DISPUTES_PER_HOUR = env.int("NEWSROOM_DISPUTES_PER_HOUR", default=5)
NEWSROOM_DISPUTES_PER_DAY = env.int("NEWSROOM_DISPUTES_PER_DAY", default=15)

# --- Applications and middleware -----------------------------------------------------------------

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",  # first: its templates may replace those of the admin
    "articles.apps.DeskConfig",  # the Django admin, as the desk
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "django_prose_editor",
    "newsroom.mirror",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.encoding.without_nul",  # before all that read the address
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # after the files, which are compressed beforehand
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # it turns a lockout into a response
    "newsroom.replica.PublicReads",  # last: it makes a page itself, when a replica can
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

# Ready pages in front of Django: megabytes that each process may keep (0: none, as while pages are being
# written), for how many milliseconds a process goes on without asking whether something changed, and a Redis
# or Valkey in which all hosts share pages.
NEWSROOM_PAGE_STORE = env.int("NEWSROOM_PAGE_STORE", default=0 if NEWSROOM_DEV else 64)
NEWSROOM_PAGE_STORE_MILLISECONDS = env.int("NEWSROOM_PAGE_STORE_MILLISECONDS", default=50)
NEWSROOM_REDIS_URL = env.str("NEWSROOM_REDIS_URL", default="")
# A cache in front (a CDN): for how many seconds it may keep pages that it is told to forget, and what tells
# it: the dotted path of a function that takes surrogate keys.
NEWSROOM_CDN_SECONDS = env.int("NEWSROOM_CDN_SECONDS", default=0)
NEWSROOM_PURGE = env.str("NEWSROOM_PURGE", default="")
NEWSROOM_PURGE_URL = env.str("NEWSROOM_PURGE_URL", default="")
NEWSROOM_PURGE_METHOD = env.str("NEWSROOM_PURGE_METHOD", default="POST")
NEWSROOM_PURGE_HEADER = env.str("NEWSROOM_PURGE_HEADER", default="")
if NEWSROOM_CDN_SECONDS and not NEWSROOM_PURGE:
    raise ImproperlyConfigured(
        "NEWSROOM_CDN_SECONDS lets a cache keep pages that may be taken back. Set NEWSROOM_PURGE too, so "
        "that it is told: articles.workflow.purge.purge_by_http, or a function of yours."
    )

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "newsroom.context.identity",
            ],
        },
    },
]

# --- Database ------------------------------------------------------------------------------------


def on_a_server(config: dict[str, Any]) -> dict[str, Any]:
    """How connections to that PostgreSQL are kept: in a pool of the process, or one for each thread."""
    options = {"connect_timeout": 3} | config.get("OPTIONS", {})
    most = env.int("DATABASE_POOL", default=0)
    if most:
        # Who waits for so long waits for a server that is away: no thread is to be held by it. The pool
        # gives up soon itself, so that the next request finds a server that is back.
        options["pool"] = {"min_size": 1, "max_size": most, "timeout": 2, "reconnect_timeout": 0.2}
    return {
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if most else env.int("NEWSROOM_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
database = DATABASES["default"]
database["ATOMIC_REQUESTS"] = False  # every verb opens its own transaction
if database["ENGINE"] == "django.db.backends.sqlite3":
    # To open the file and to prepare it takes longer than to answer a reader.
    database["CONN_MAX_AGE"] = env.int("NEWSROOM_CONN_MAX_AGE", default=60)
    # Readers never wait for a writer (WAL). A writer takes its lock at BEGIN, so that two editors
    # queue for up to 20 s instead of failing half-way through a transaction.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
            "PRAGMA cache_size = -8000; PRAGMA mmap_size = 134217728; PRAGMA journal_size_limit = 67108864;"
        ),
    }
else:
    database.update(on_a_server(database))
    if replica_url := env.str("DATABASE_REPLICA_URL", default=""):
        # A streaming replica of the same database, for readers' pages (newsroom/replica.py).
        replica = env.db_url_config(replica_url)
        DATABASES["replica"] = replica | on_a_server(replica) | {"TEST": {"MIRROR": "default"}}
        DATABASE_ROUTERS = ["newsroom.replica.ReplicaRouter"]

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://newsroom")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    # Without it the site is slower, not broken: whoever asks hears within half a second.
    patience = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    CACHES["default"]["OPTIONS"] = patience | CACHES["default"].get("OPTIONS", {})
    CACHES["default"]["BACKEND"] = "newsroom.forgiving_cache.ForgivingRedisCache"

# --- People --------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses before a password is compared
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Counted for the name and the address together: guessing from elsewhere does not lock an editor out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("NEWSROOM_LOGIN_FAILURES", default=5)
AXES_COOLOFF_TIME = 0.25  # hours; templates/admin/locked.html says fifteen minutes
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"

SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Transport and browser security --------------------------------------------------------------

SECURE_SSL_REDIRECT = env.bool("NEWSROOM_SSL_REDIRECT", default=True) and not NEWSROOM_DEV
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # who watches the program asks it without TLS
SECURE_HSTS_SECONDS = 0 if NEWSROOM_DEV else env.int("NEWSROOM_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("NEWSROOM_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("NEWSROOM_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = not NEWSROOM_DEV
CSRF_COOKIE_SECURE = not NEWSROOM_DEV
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("NEWSROOM_BEHIND_PROXY", default=False):
    # Only where a proxy of yours always sets (and never passes on) this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# How many proxies of yours stand in front, each adding to X-Forwarded-For whom it talked to.
NEWSROOM_PROXIES = env.int("NEWSROOM_PROXIES", default=0)
# How often one network address may ask the read API in a minute; 0 for no limit.
NEWSROOM_API_RATE = env.int("NEWSROOM_API_RATE", default=120)

# One policy for readers and for the desk: no inline script or style, nothing from elsewhere.
# Two things of the body editor are let in by name: its import map (by nonce) and the one style
# element that it writes itself (by hash; a test says when an upgrade changes it).
BODY_EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, BODY_EDITOR_STYLE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("NEWSROOM_STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("NEWSROOM_MEDIA_ROOT", default=str(VAR_DIR / "media")))
NEWSROOM_SERVE_MEDIA = env.bool("NEWSROOM_SERVE_MEDIA", default=NEWSROOM_DEV)
# Pictures in an S3-compatible bucket, which several hosts share: needs requirements-s3.txt.
NEWSROOM_MEDIA_S3 = env.str("NEWSROOM_MEDIA_S3", default="")
MEDIA_STORAGE: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if NEWSROOM_MEDIA_S3:
    MEDIA_STORAGE = {
        "BACKEND": "newsroom.media_storage.BucketStorage",
        "OPTIONS": {
            "bucket_name": NEWSROOM_MEDIA_S3,
            "endpoint_url": env.str("NEWSROOM_MEDIA_S3_ENDPOINT", default="") or None,
            "region_name": env.str("NEWSROOM_MEDIA_S3_REGION", default="") or None,
            "access_key": env.str("NEWSROOM_MEDIA_S3_KEY", default="") or None,
            "secret_key": env.str("NEWSROOM_MEDIA_S3_SECRET", default="") or None,
            "location": env.str("NEWSROOM_MEDIA_S3_FOLDER", default=""),
            "addressing_style": env.str("NEWSROOM_MEDIA_S3_STYLE", default="path"),
            "default_acl": None,  # the bucket says who may read it
            # A file's name is the hash of its bytes: what is there stays as it is.
            "file_overwrite": True,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # files that browsers look for at the top: favicon.ico
WHITENOISE_USE_FINDERS = NEWSROOM_DEV
WHITENOISE_AUTOREFRESH = NEWSROOM_DEV
STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if NEWSROOM_DEV
        else "newsroom.static_files.DeployedStaticFilesStorage"
    },
}

# Above the limit for copy, so that a long paste gets a sentence in the form and not a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("NEWSROOM_MAX_FORM_BYTES", default=32 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
NEWSROOM_IMAGE_MAX_BYTES = env.int("NEWSROOM_IMAGE_MAX_BYTES", default=20 * 1024 * 1024)
NEWSROOM_IMAGE_MAX_PIXELS = env.int("NEWSROOM_IMAGE_MAX_PIXELS", default=60_000_000)

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = env.str("NEWSROOM_LANGUAGE", default="en-gb")
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", default="Europe/London")

# --- Mail ----------------------------------------------------------------------------------------
# Notifications for the desk. Without EMAIL_URL a deployed site sends none; in development they are printed.

EMAIL_URL = env.str("EMAIL_URL", default="consolemail://" if NEWSROOM_DEV else "")
NEWSROOM_MAIL = bool(EMAIL_URL)
NEWSROOM_MAIL_AT_ONCE = env.bool("NEWSROOM_MAIL_AT_ONCE", default=True)
vars().update(env.email_url_config(EMAIL_URL or "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds: a mail server that does not answer must not hold up an editor for long
DEFAULT_FROM_EMAIL = env.str("NEWSROOM_MAIL_FROM", default=f"desk@{urlsplit(NEWSROOM_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Libraries -----------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
# Django 6's behaviour now. The setting itself is announced as temporary, which is known.
filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated.")
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Logs ----------------------------------------------------------------------------------------
# To standard error, one line a message. Requests are logged by address and status, never by body:
# what an editor typed, and who a confidential source is, stays out of the logs.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "articles": {
            "handlers": ["stderr"],
            "level": env.str("NEWSROOM_LOG_LEVEL", default="INFO"),
            "propagate": False,
        },
    },
}
