from django.apps import AppConfig


class SpendingConfig(AppConfig):
    name = "hefa.matters.spending"
    label = "spending"
    verbose_name = "三公经费"
