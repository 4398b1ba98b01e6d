from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "hefa.matters.supervision"
    label = "supervision"
    verbose_name = "督查与内审"
