"""Django's settings, one file, typed; what may change comes from the environment."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from relance.config.database import database_settings
from relance.config.environment import read_environment
from relance.config.keys import keys_from

ENVIRONMENT = read_environment()
SOURCE = Path(__file__).resolve().parent.parent

DATA_DIR = ENVIRONMENT.data
TEMPORARY_AREA = ENVIRONMENT.temporary
BACKUPS = DATA_DIR / "backups"

DEBUG = ENVIRONMENT.debug
KEYS = {
    name: keys_from(given, name=name, folder=DATA_DIR, check_mode=ENVIRONMENT.private_key_file_check)
    for name, given in ENVIRONMENT.keys.items()
}
"""Of each kind the key to write with, then the former ones, which are still read."""
KEYS_IN_FILES = {name for name, given in ENVIRONMENT.keys.items() if not given.value and given.file is None}
SECRET_KEY, *SECRET_KEY_FALLBACKS = KEYS["secret"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.hosts]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts if ENVIRONMENT.https]

INSTALLED_APPS = [
    "relance.accounts",
    "relance.method.candidates",
    "relance.method.outreach",
    "relance.method.catching_up",
    "relance.method.writing",
    "relance.method.delivery",
    "relance.method.answers",
    "relance.method.invitations",
    "relance.method.measure",
    "relance.imports",
    "relance.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the pages of passkeys say "3 days ago"
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before whatever asks the database: the page of a fault leaves with its headers too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "relance.web.language.LanguageMiddleware",
    "relance.web.membership.MembershipMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "relance.config.urls"
WSGI_APPLICATION = "relance.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "relance.web.shell.shell",
            ],
        },
    }
]

DATABASES = {"default": database_settings(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "relance_cache"},
}

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "relance.web.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the owner of a single desk has no server to send the mail with
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.https else 0
LINKS_OPENED = "20/m/ip"
"""How often one machine may try one-time links, and invitations, a minute."""
MFA_ADAPTER = "relance.web.sign_in.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Relance"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
SIGN_IN_LINK_MINUTES = 15

# Coming in through a provider (docs/decisions/openid-connect.md)
OIDC_PROVIDERS = ENVIRONMENT.oidc
MAIL_CLIENTS = ENVIRONMENT.mail_clients
SOCIALACCOUNT_ADAPTER = "relance.web.sign_in.providers.ProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

# Cookies and transport
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "relance.web.sign_in.session"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [
            SELF,
            *sorted({one.origin for one in OIDC_PROVIDERS} | {one.origin for one in MAIL_CLIENTS}),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# What comes in
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_TEMP_DIR = None
PUBLIC_ADDRESS = ENVIRONMENT.public_address
IMPORT_PROCESSES = ENVIRONMENT.import_processes
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_limit_mb * 1_000_000

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [SOURCE / "locale"]
LANGUAGE_COOKIE_NAME = "relance_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files served
STATIC_URL = "static/"
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "relance.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # One-time links and identifiers travel in paths: an access line would keep them.
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "relance": {"level": "INFO"},
    },
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = [
    # Cookies follow RELANCE_HTTPS: a desk on localhost has no TLS.
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]
