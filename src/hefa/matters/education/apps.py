from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "hefa.matters.education"
    label = "education"
    verbose_name = "普法"
