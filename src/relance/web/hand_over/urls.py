from django.urls import path

from relance.web.hand_over import gestures, views

urlpatterns = [
    path("personnes/<int:pk>/passation/", views.hand_over, name="hand_over"),
    path("personnes/<int:pk>/passation/demander/", gestures.ask, name="hand_over_ask"),
    path("personnes/<int:pk>/passation/passer/", gestures.give, name="hand_over_give"),
    path("personnes/<int:pk>/passation/passer-outre/", gestures.override, name="hand_over_override"),
    path("passations/<int:pk>/repondre/", gestures.answer, name="hand_over_answer"),
    path("passations/<int:pk>/retirer/", gestures.withdraw, name="hand_over_withdraw"),
    path("passations/reprendre/", gestures.take_covered_back, name="hand_over_take_back"),
]
