from django.urls import path

from relance.web.people import adding, export, gestures, views

urlpatterns = [
    path("personnes/coller/", adding.paste, name="people_paste"),
    path("personnes/", views.people, name="people"),
    path("personnes/ajouter/", adding.add, name="people_add"),
    path("personnes/etoile/", gestures.star_one, name="people_star"),
    path("personnes/gestes/", gestures.on_the_picked, name="people_gestures"),
    path("personnes/annuler/", gestures.take_back, name="people_undo"),
    path("personnes/export/", export.export, name="people_export"),
]
