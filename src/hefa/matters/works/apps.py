from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "hefa.matters.works"
    label = "works"
    verbose_name = "基建项目"
