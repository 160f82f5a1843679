from django.urls import path

from relance.web.catching_up import gestures, views

urlpatterns = [
    path("prises-de-nouvelles/", views.catching_up, name="catching_up"),
    path("prises-de-nouvelles/<int:pk>/prendre/", gestures.take_up, name="catching_up_take"),
    path("prises-de-nouvelles/<int:pk>/laisser/", gestures.leave, name="catching_up_leave"),
    path("prises-de-nouvelles/<int:pk>/annuler/", gestures.leave_planned, name="catching_up_cancel"),
    path("prises-de-nouvelles/<int:pk>/revenir/", gestures.take_back, name="catching_up_take_back"),
    path("prises-de-nouvelles/<int:pk>/publication/", gestures.post_published, name="catching_up_post"),
]
