from django.urls import path

from relance.web.invitations import gestures, views

urlpatterns = [
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/attendent/", gestures.all_wait, name="invitations_all_wait"),
    path("invitations/<int:pk>/", gestures.say, name="invitations_say"),
    path("invitations/<int:pk>/revenir/", gestures.take_back, name="invitations_take_back"),
    path("invitations/<int:pk>/etoile/", gestures.must_answer, name="invitations_star"),
]
