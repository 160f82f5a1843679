from django.urls import path

from relance.web.texts import views

urlpatterns = [
    path("trames/", views.templates, name="templates"),
    path("trames/nouvelle/", views.begin, name="template_new"),
    path("trames/<int:pk>/", views.template, name="template"),
    path("trames/<int:pk>/apercu/", views.preview, name="template_preview"),
    path("trames/<int:pk>/copier/", views.copy, name="template_copy"),
    path("trames/<int:pk>/partager/", views.share, name="template_share"),
    path("trames/<int:pk>/version/<int:number>/", views.take_up, name="template_version"),
    path("trames/<int:pk>/archiver/", views.archive, name="template_archive"),
    path("trames/<int:pk>/reprendre/", views.bring_back, name="template_bring_back"),
]
