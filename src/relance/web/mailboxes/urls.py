from django.urls import path

from relance.web.mailboxes import leave, views

urlpatterns = [
    path("reglages/boites/", views.mailboxes, name="mailboxes"),
    path("reglages/boites/relier/", views.connect_one, name="mailboxes_connect"),
    path("reglages/boites/chez/<slug:code>/", leave.ask, name="mailboxes_leave"),
    path("reglages/boites/chez/<slug:code>/retour/", leave.come_back, name="mailboxes_leave_back"),
    path("reglages/boites/<int:pk>/accord/", leave.ask_anew, name="mailboxes_leave_anew"),
    path("reglages/boites/<int:pk>/essai/", views.try_again, name="mailboxes_try"),
    path("reglages/boites/<int:pk>/mot-de-passe/", views.password, name="mailboxes_password"),
    path("reglages/boites/<int:pk>/rythme/", views.pace, name="mailboxes_pace"),
    path("reglages/boites/<int:pk>/lire/", views.read_past, name="mailboxes_read"),
    path("reglages/boites/<int:pk>/debrancher/", views.unplug, name="mailboxes_unplug"),
]
