from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "hefa.matters.enforcement"
    label = "enforcement"
