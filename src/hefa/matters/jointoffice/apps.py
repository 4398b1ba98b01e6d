from django.apps import AppConfig


class JointOfficeConfig(AppConfig):
    name = "hefa.matters.jointoffice"
    label = "jointoffice"
    verbose_name = "部门集中办公"
