from django.urls import path

from relance.web.demonstration import views

urlpatterns = [
    path("demonstration/ouvrir/", views.open_it, name="demonstration_open"),
    path("demonstration/retirer/", views.remove_it, name="demonstration_remove"),
]
