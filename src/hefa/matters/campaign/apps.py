from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "hefa.matters.campaign"
    label = "campaign"
    verbose_name = "专项清零"
