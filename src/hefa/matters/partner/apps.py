from django.apps import AppConfig


class PartnerConfig(AppConfig):
    name = "hefa.matters.partner"
    label = "partner"
    verbose_name = "共建伙伴"
