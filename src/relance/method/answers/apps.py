from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "relance.method.answers"
    label = "answers"
