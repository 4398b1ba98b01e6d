from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "hefa.matters.disclosure"
    label = "disclosure"
