"""The addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("relance.web.today.urls")),
    path("", include("relance.web.people.urls")),
    path("", include("relance.web.person.urls")),
    path("", include("relance.web.positions.urls")),
    path("", include("relance.web.hand_over.urls")),
    path("", include("relance.web.merging.urls")),
    path("", include("relance.web.trail.urls")),
    path("", include("relance.web.inbox.urls")),
    path("", include("relance.web.sourcing.urls")),
    path("", include("relance.web.invitations.urls")),
    path("", include("relance.web.applications.urls")),
    path("", include("relance.web.catching_up.urls")),
    path("", include("relance.web.texts.urls")),
    path("", include("relance.web.account.urls")),
    path("", include("relance.web.settings.urls")),
    path("", include("relance.web.mailboxes.urls")),
    path("", include("relance.web.objection.urls")),
    path("", include("relance.web.sign_in.urls")),
    path("", include("relance.web.welcome.urls")),
    path("", include("relance.web.demonstration.urls")),
    path("compte/", include("allauth.urls")),
]

handler500 = "relance.web.stumbling.stumbled"
