from django.urls import path

from relance.web.sign_in import views

urlpatterns = [
    path("entrer/<str:secret>/", views.enter, name="enter"),
]
