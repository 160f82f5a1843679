from django.urls import path

from relance.web.applications import refusing, views

urlpatterns = [
    path("candidatures/", views.applications, name="applications"),
    path("candidatures/<int:pk>/joindre/", views.reach, name="applications_reach"),
    path("candidatures/<int:pk>/refuser/", refusing.refuse, name="applications_refuse"),
    path("candidatures/<int:pk>/refuser/texte/", refusing.compose_text, name="applications_text"),
]
