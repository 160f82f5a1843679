from django.urls import path

from relance.web.inbox import gestures, views

urlpatterns = [
    path("boite/", views.inbox, name="inbox"),
    path("boite/<int:pk>/", views.received, name="inbox_received"),
    path("boite/<int:pk>/ton/", gestures.tone, name="inbox_tone"),
    path("boite/<int:pk>/ecarter/", gestures.aside, name="inbox_aside"),
    path("boite/<int:pk>/pas-elle/", gestures.not_this_person, name="inbox_not_them"),
    path("boite/<int:pk>/cest-elle/", gestures.this_person, name="inbox_them"),
    path("boite/<int:pk>/sur-linkedin/", gestures.on_linkedin, name="inbox_on_linkedin"),
    path("boite/<int:pk>/prendre/", gestures.take_up, name="inbox_take_up"),
    path("boite/<int:pk>/vraie-reponse/", gestures.real_answer, name="inbox_real"),
    path("boite/a-verifier/<int:pk>/", views.unsure, name="inbox_unsure"),
    path("boite/a-verifier/<int:pk>/trancher/", gestures.settle, name="inbox_settle"),
]
