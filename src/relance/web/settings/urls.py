from django.urls import path

from relance.web.settings import team

urlpatterns = [
    path("reglages/equipe/", team.team, name="team"),
    path("reglages/equipe/inviter/", team.invite, name="team_invite"),
    path("reglages/equipe/invitations/<int:pk>/lien/", team.renew, name="team_invitation_renew"),
    path("reglages/equipe/invitations/<int:pk>/retirer/", team.revoke, name="team_invitation_revoke"),
    path("reglages/equipe/<int:pk>/", team.colleague, name="team_member"),
    path("reglages/equipe/<int:pk>/depart/", team.leave, name="team_leave"),
]
