from django.urls import path

from relance.web.trail import views

urlpatterns = [
    path("personnes/<int:pk>/journal/", views.person_trail, name="person_trail"),
    path("reglages/journal/", views.journal, name="trail"),
]
