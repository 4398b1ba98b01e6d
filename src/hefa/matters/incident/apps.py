from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "hefa.matters.incident"
    label = "incident"
    verbose_name = "非警务事项协同"
