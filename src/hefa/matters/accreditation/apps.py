from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    name = "hefa.matters.accreditation"
    label = "accreditation"
    verbose_name = "法治创建"
