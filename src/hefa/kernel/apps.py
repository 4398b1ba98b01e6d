from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hefa.kernel"
    label = "kernel"
    verbose_name = "内核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the start-up checks)
        from .figure import bind_figures
        from .matter import register_kinds

        register_kinds()
        bind_figures()
