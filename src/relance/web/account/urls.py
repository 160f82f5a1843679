from django.urls import path
from django.views.generic import RedirectView

from relance.web.account import views

urlpatterns = [
    path("reglages/", views.account, name="account"),
    # Where django-allauth goes once a passkey is added.
    path("compte/2fa/", RedirectView.as_view(pattern_name="mfa_list_webauthn")),
]
