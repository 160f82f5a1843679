from django.urls import path

from relance.web.person import about, views

urlpatterns = [
    path("personnes/<int:pk>/", views.person, name="person"),
    path("personnes/<int:pk>/modifier/", views.edit, name="person_edit"),
    path("personnes/<int:pk>/note/", views.note, name="person_note"),
    path("personnes/<int:pk>/etoile/", views.must_answer, name="person_star"),
    path("personnes/<int:pk>/postes/", about.positions, name="person_positions"),
    path("personnes/<int:pk>/elements/", about.note_element, name="element_add"),
    path("personnes/elements/<int:pk>/ranger/", about.put_away, name="element_put_away"),
    path("personnes/<int:pk>/retirer/", views.take_back, name="person_take_back"),
]
