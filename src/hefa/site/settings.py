"""Django settings: one file, driven by the data folder and a few HEFA_ variables."""

from __future__ import annotations

import hashlib
import os
from urllib.parse import unquote, urlsplit

from .places import ROOT, data_dir, database_address, site_secret

TESTING = os.environ.get("HEFA_TEST") == "1"
DATA = data_dir()
HEFA_SECRET = os.environ.get("HEFA_SECRET") or site_secret(DATA)
# A folder may serve one database after another: what is noted of a ledger is noted under its database's address.
HEFA_LEDGER_MARK = f"-{hashlib.sha256(url.encode()).hexdigest()[:8]}" if (url := database_address()) else ""
HEFA_ANCHORS = DATA / f"anchors{HEFA_LEDGER_MARK}.jsonl"
HEFA_EDITIONS = DATA / "editions"
# Where the outline of a report is looked for: the office's own, then the sample's.
HEFA_OUTLINES = [DATA / "outlines", ROOT / "samples" / "zhonghe-2023"]
SECRET_KEY = "django:" + HEFA_SECRET
DEBUG = False
ALLOWED_HOSTS = [*os.environ.get("HEFA_HOSTS", "localhost,127.0.0.1,[::1]").split(","), "testserver"]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HEFA_ORIGINS", "").split(",") if origin]

# The folders of the lines of work: a new kind is one folder and one line here.
MATTERS = [
    "hefa.matters.mediation",
    "hefa.matters.review",
    "hefa.matters.disclosure",
    "hefa.matters.enforcement",
    "hefa.matters.planning",
    "hefa.matters.supervision",
    "hefa.matters.accreditation",
    "hefa.matters.deliberation",
    "hefa.matters.petition",
    "hefa.matters.incident",
    "hefa.matters.counsel",
    "hefa.matters.education",
    "hefa.matters.decision",
    "hefa.matters.rules",
    "hefa.matters.powers",
    "hefa.matters.study",
    "hefa.matters.penalty",
    "hefa.matters.spending",
    "hefa.matters.procurement",
    "hefa.matters.campaign",
    "hefa.matters.jointoffice",
    "hefa.matters.partner",
    "hefa.matters.works",
]
INSTALLED_APPS = [
    # First, so that its templates stand before those of allauth.
    "hefa.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *MATTERS,
    "hefa.public",
    "hefa.report",
    "hefa.exchange",
    # Last, so that its start-up sees every kind.
    "hefa.kernel",
]
# Figures are kept until the ledger moves: the 300 answers of Django's default do not hold one page of them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hefa.desk.middleware.DeskMiddleware",
]
ROOT_URLCONF = "hefa.site.urls"
WSGI_APPLICATION = "hefa.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hefa.desk.context.desk",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    url = os.environ.get("HEFA_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "hefa.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
            },
            # A file, not memory: several connections and the write-ahead log are what production has.
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(f"HEFA_DATABASE_URL 应以 postgresql:// 开头，现在是“{parts.scheme}”。不设则用 SQLite。")
    try:
        port = str(parts.port or "")
    except ValueError:
        raise SystemExit(
            "HEFA_DATABASE_URL 里的端口不对，应是 1 到 65535 的数，如 postgresql://用户:密码@主机:5432/库"
        ) from None
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": port,
        "CONN_MAX_AGE": 0 if TESTING else 60,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kernel.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "hefa.desk.account.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "hefa"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
_HTTPS = os.environ.get("HEFA_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [DATA / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
_ASSETS = {"htmx": "htmx.org", "leaflet": "leaflet"}  # by package.json; served from here, never from elsewhere
STATICFILES_DIRS = [
    (f"vendor/{name}", ROOT / "node_modules" / package / "dist")
    for name, package in _ASSETS.items()
    if (ROOT / "node_modules" / package / "dist").is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
