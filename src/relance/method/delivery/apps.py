from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "relance.method.delivery"
    label = "delivery"
