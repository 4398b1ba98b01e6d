from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "hefa.matters.deliberation"
    label = "deliberation"
    verbose_name = "议事协商"
