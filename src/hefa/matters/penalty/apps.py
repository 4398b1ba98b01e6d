from django.apps import AppConfig


class PenaltyConfig(AppConfig):
    name = "hefa.matters.penalty"
    label = "penalty"
    verbose_name = "行政处罚"
