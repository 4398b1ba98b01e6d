from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "hefa.public"
    label = "public"
