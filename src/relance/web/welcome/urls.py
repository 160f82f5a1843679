from django.urls import path

from relance.web.welcome import columns, views

urlpatterns = [
    path("bienvenue/", views.welcome, name="welcome"),
    path("bienvenue/archive/", views.give, name="welcome_give"),
    path("bienvenue/<int:pk>/choix/", views.choose_people, name="welcome_choose"),
    path("bienvenue/<int:pk>/colonnes/", columns.map_it, name="welcome_columns"),
    path("bienvenue/<int:pk>/refusees/", columns.refused_as_table, name="welcome_refused"),
    path("bienvenue/<int:pk>/garder/", views.finish, name="welcome_finish"),
    path("bienvenue/<int:pk>/abandonner/", views.abandon, name="welcome_abandon"),
]
