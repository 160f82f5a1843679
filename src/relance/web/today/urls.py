from django.urls import path

from relance.web.today import calls, gestures, sending, views

urlpatterns = [
    path("aujourdhui/envois/<int:pk>/retenir/", sending.recall, name="today_recall"),
    path("", views.today, name="today"),
    path("aujourdhui/<int:pk>/", views.person, name="today_person"),
    path("aujourdhui/<int:pk>/texte/", views.compose_text, name="today_compose"),
    path("aujourdhui/<int:pk>/permis/", gestures.take_permit, name="today_permit"),
    path("aujourdhui/permis/<int:pk>/", gestures.end_permit, name="today_permit_end"),
    path("aujourdhui/permis/<int:pk>/faux/", calls.not_theirs, name="today_wrong_number"),
    path("aujourdhui/<int:pk>/canal/", calls.try_first, name="today_channel"),
    path("aujourdhui/<int:pk>/repondu/", gestures.answered, name="today_answered"),
    path("aujourdhui/<int:pk>/reporter/", gestures.postpone, name="today_postpone"),
    path("aujourdhui/<int:pk>/rien/", gestures.nothing_to_answer, name="today_handled"),
    path("aujourdhui/<int:pk>/arreter/", gestures.stop, name="today_stop"),
    path("aujourdhui/<int:pk>/etoile/", gestures.must_answer, name="today_star"),
    path("aujourdhui/<int:pk>/sujet/", gestures.purpose, name="today_purpose"),
    path("annuler/", gestures.take_back, name="undo"),
    path("touches/", views.keys, name="keys"),
]
