from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "hefa.matters.study"
    label = "study"
