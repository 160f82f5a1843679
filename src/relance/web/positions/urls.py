from django.urls import path

from relance.web.positions import angles, closing, last_word, views

urlpatterns = [
    path("postes/", views.positions, name="positions"),
    path("postes/ouvrir/", views.open_one, name="position_open"),
    path("postes/<int:pk>/", views.position, name="position"),
    path("postes/<int:pk>/modifier/", views.change, name="position_change"),
    path("postes/<int:pk>/fermer/", closing.close, name="position_close"),
    path("postes/<int:pk>/rouvrir/", closing.reopen, name="position_reopen"),
    path("postes/<int:pk>/laisser/", closing.leave_closed, name="position_leave_closed"),
    path("postes/<int:pk>/angles/", angles.add, name="angle_add"),
    path("postes/angles/<int:pk>/modifier/", angles.change, name="angle_change"),
    path("postes/angles/<int:pk>/ranger/", angles.put_away, name="angle_put_away"),
    path("postes/dernier-mot/<int:pk>/", last_word.last_word, name="last_word"),
    path("postes/dernier-mot/<int:pk>/texte/", last_word.compose_text, name="last_word_compose"),
]
