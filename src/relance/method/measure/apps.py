from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "relance.method.measure"
    label = "measure"
