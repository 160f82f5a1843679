from django.urls import path

from relance.web.merging import views

urlpatterns = [
    path("personnes/<int:pk>/doublon/<int:other>/", views.compare, name="merge"),
    path("fusions/<int:pk>/annuler/", views.undo, name="merge_undo"),
]
