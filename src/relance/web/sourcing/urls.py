from django.urls import path

from relance.web.sourcing import adding, gestures, views

urlpatterns = [
    path("session/", views.sourcing, name="sourcing"),
    path("session/ouvrir/", views.begin, name="sourcing_begin"),
    path("session/<int:pk>/", views.session, name="sourcing_session"),
    path("session/<int:pk>/modifier/", views.change, name="sourcing_change"),
    path("session/<int:pk>/clore/", views.close, name="sourcing_close"),
    path("session/<int:pk>/lire/", adding.read, name="sourcing_read"),
    path("session/<int:pk>/ajouter/", adding.add, name="sourcing_add"),
    path("session/<int:pk>/restes/", adding.left, name="sourcing_left"),
    path("session/approches/<int:pk>/", views.person, name="sourcing_person"),
    path("session/approches/<int:pk>/texte/", gestures.compose_text, name="sourcing_compose"),
    path("session/approches/<int:pk>/permis/", gestures.take_permit, name="sourcing_permit"),
    path("session/approches/<int:pk>/deja/", gestures.already_sent, name="sourcing_already"),
    path("session/approches/<int:pk>/etoile/", gestures.must_answer, name="sourcing_star"),
    path("session/permis/<int:pk>/", gestures.end_permit, name="sourcing_sent"),
]
