"""The addresses of the residents' pages."""

from django.urls import path

from . import pages

app_name = "public"
urlpatterns = [
    path("", pages.points, name="points"),
    path("roads.json", pages.roads, name="roads"),
]
