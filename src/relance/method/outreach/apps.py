from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "relance.method.outreach"
    label = "outreach"
