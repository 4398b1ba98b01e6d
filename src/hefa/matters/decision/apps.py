from django.apps import AppConfig


class DecisionConfig(AppConfig):
    name = "hefa.matters.decision"
    label = "decision"
