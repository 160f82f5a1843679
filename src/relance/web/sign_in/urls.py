from django.urls import path

from relance.web.sign_in import joining, views

urlpatterns = [
    path("entrer/<str:secret>/", views.enter, name="enter"),
    path("rejoindre/<str:secret>/", joining.join, name="join"),
]
