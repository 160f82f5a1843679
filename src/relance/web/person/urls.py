from django.urls import path

from relance.web.person import views

urlpatterns = [
    path("personnes/<int:pk>/", views.person, name="person"),
    path("personnes/<int:pk>/modifier/", views.edit, name="person_edit"),
    path("personnes/<int:pk>/note/", views.note, name="person_note"),
]
