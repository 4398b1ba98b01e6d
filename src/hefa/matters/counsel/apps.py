from django.apps import AppConfig


class CounselConfig(AppConfig):
    name = "hefa.matters.counsel"
    label = "counsel"
    verbose_name = "公共法律服务"
