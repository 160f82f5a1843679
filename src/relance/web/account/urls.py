from django.urls import path

from relance.web.account import views

urlpatterns = [path("reglages/", views.account, name="account")]
