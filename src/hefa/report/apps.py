from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "hefa.report"
    label = "report"
