from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "hefa.exchange"
    label = "exchange"
