from django.apps import AppConfig


class CatchingUpConfig(AppConfig):
    name = "relance.method.catching_up"
    label = "catching_up"
