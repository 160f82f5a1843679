from django.urls import path
from django.views.generic import RedirectView

from relance.web.account import views
from relance.web.sign_in.passkeys import AddPasskey

urlpatterns = [
    path("reglages/", views.settings, name="settings"),
    path("reglages/compte/", views.account, name="account"),
    path("reglages/sessions/", views.sessions, name="sessions"),
    path("reglages/sessions/<int:pk>/fin/", views.end_session, name="session_end"),
    path("reglages/capacite/", views.capacity, name="capacity"),
    path("reglages/linkedin/", views.linkedin, name="linkedin"),
    path("reglages/cabinet/", views.firm, name="firm"),
    path("reglages/sauvegarde/", views.backup, name="backup"),
    # django-allauth would give codes to whoever adds a passkey; they go with the app's code alone.
    path("compte/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    # These would send a mail, and the desk has no server for it: `relance signin` is the way back in.
    path("compte/password/reset/", RedirectView.as_view(pattern_name="account_login")),
    path("compte/email/", RedirectView.as_view(pattern_name="settings")),
    # Sessions are ended one by one in the settings; accounts of providers are found by address.
    path("compte/sessions/", RedirectView.as_view(pattern_name="sessions")),
    path("compte/3rdparty/", RedirectView.as_view(pattern_name="account")),
    path("compte/3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
]
