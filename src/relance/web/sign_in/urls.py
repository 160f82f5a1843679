from django.urls import path

from relance.web.sign_in import joining, providers, views

urlpatterns = [
    path("entrer/<str:secret>/", views.enter, name="enter"),
    path("compte/oidc/<str:provider_id>/login/", providers.leave_for, name="openid_connect_login"),
    path("rejoindre/<str:secret>/", joining.join, name="join"),
]
