"""The addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("hefa.public.urls")),
    path("", include("hefa.desk.urls")),
]
