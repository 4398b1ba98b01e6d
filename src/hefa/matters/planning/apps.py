from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hefa.matters.planning"
    label = "planning"
