from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hefa.desk"
    label = "desk"
