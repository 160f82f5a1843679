from django.urls import path

from relance.web.person import views

urlpatterns = [
    path("personnes/<int:pk>/", views.person, name="person"),
    path("personnes/<int:pk>/modifier/", views.edit, name="person_edit"),
    path("personnes/<int:pk>/note/", views.note, name="person_note"),
    path("personnes/<int:pk>/etoile/", views.must_answer, name="person_star"),
    path("personnes/<int:pk>/retirer/", views.take_back, name="person_take_back"),
]
