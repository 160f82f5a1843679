from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "relance.method.candidates"
    label = "candidates"
