from django.urls import path
from django.views.generic import RedirectView

from relance.web.account import views

urlpatterns = [
    path("reglages/", views.account, name="account"),
    # Where django-allauth goes once a passkey is added.
    path("compte/2fa/", RedirectView.as_view(pattern_name="mfa_list_webauthn")),
    # These would send a mail, and the desk has no server for it: `relance signin` is the way back in.
    path("compte/password/reset/", RedirectView.as_view(pattern_name="account_login")),
    path("compte/email/", RedirectView.as_view(pattern_name="account")),
]
