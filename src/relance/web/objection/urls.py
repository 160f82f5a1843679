from django.urls import path

from relance.web.objection import views

urlpatterns = [
    path("non/<str:token>/", views.objection, name="objection"),
]
