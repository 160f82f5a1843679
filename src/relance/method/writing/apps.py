from django.apps import AppConfig


class WritingConfig(AppConfig):
    name = "relance.method.writing"
    label = "writing"
