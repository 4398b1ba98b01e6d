from django.apps import AppConfig


class PetitionConfig(AppConfig):
    name = "hefa.matters.petition"
    label = "petition"
    verbose_name = "信访"
