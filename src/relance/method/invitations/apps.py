from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "relance.method.invitations"
    label = "invitations"
