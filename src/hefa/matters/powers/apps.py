from django.apps import AppConfig


class PowersConfig(AppConfig):
    name = "hefa.matters.powers"
    label = "powers"
