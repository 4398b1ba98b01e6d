from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "hefa.matters.rules"
    label = "rules"
