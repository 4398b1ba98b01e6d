from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "hefa.matters.review"
    label = "review"
