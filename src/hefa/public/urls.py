"""The addresses of the residents' pages."""

from django.urls import path

from . import pages

app_name = "public"
urlpatterns = [
    path("points/", pages.points, name="points"),
    path("points/roads.json", pages.roads, name="roads"),
    path("cases/", pages.cases, name="cases"),
]
