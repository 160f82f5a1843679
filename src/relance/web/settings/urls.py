from django.urls import path

from relance.web.settings import days, load, off_limits, team

urlpatterns = [
    path("reglages/equipe/", team.team, name="team"),
    path("reglages/equipe/inviter/", team.invite, name="team_invite"),
    path("reglages/equipe/invitations/<int:pk>/lien/", team.renew, name="team_invitation_renew"),
    path("reglages/equipe/invitations/<int:pk>/retirer/", team.revoke, name="team_invitation_revoke"),
    path("reglages/equipe/<int:pk>/", team.colleague, name="team_member"),
    path("reglages/equipe/<int:pk>/depart/", team.leave, name="team_leave"),
    path("reglages/equipe/partis/<int:pk>/passer/", team.pass_on, name="team_pass_on"),
    path("reglages/jours/", days.days, name="days"),
    path("reglages/jours/ajouter/", days.add, name="days_add"),
    path("reglages/jours/<int:pk>/retirer/", days.remove, name="days_remove"),
    path("reglages/jours/<int:pk>/remplacer/", days.cover, name="days_cover"),
    path("reglages/societes/", off_limits.companies, name="off_limits"),
    path("reglages/societes/ajouter/", off_limits.put, name="off_limits_put"),
    path("reglages/societes/<int:pk>/retirer/", off_limits.lift, name="off_limits_lift"),
    path("reglages/charge/", load.load, name="load"),
    path("reglages/charge/<int:pk>/soulager/", load.relieve, name="load_relieve"),
]
