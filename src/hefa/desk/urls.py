"""The addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from .account import enter
from .pages import drafts, figures, home, imports, laws, lists, matters, oversight, preferences, reports, staff, steps, tables
from .pages.check import checker

_pages: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("find/", lists.find, name="find"),
    path("list/<str:label>/", lists.kind_list, name="list"),
    path("list/<str:label>/export.xlsx", imports.export, name="export"),
    path("import/job/<str:token>/", imports.import_job, name="import_job"),
    path("import/job/<str:token>/map/", imports.map_columns, name="import_map"),
    path("import/job/<str:token>/confirm/", imports.confirm, name="import_confirm"),
    path("import/job/<str:token>/rejects.xlsx", imports.rejects, name="import_rejects"),
    path("import/<str:label>/", imports.upload, name="import"),
    path("import/<str:label>/template.xlsx", imports.template, name="import_template"),
    path("new/<str:label>/", steps.intake, name="intake"),
    path("matter/<int:pk>/", matters.matter, name="matter"),
    path("matter/<int:pk>/reveal/", matters.reveal, name="reveal"),
    path("matter/<int:pk>/why/", matters.why, name="why"),
    path("matter/<int:pk>/step/<str:name>/", steps.step, name="step"),
    path("paper/<int:pk>.<str:shape>", matters.entry_paper, name="paper"),
    path("paper.css", matters.paper_style, name="paper_style"),
    path("check/<str:label>/<str:name>/", steps.check, name="check"),
    path("suggest/", steps.suggest, name="suggest"),
    path("figures/", figures.figure_list, name="figures"),
    path("figures/<str:name>/", figures.figure, name="figure"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:year>/", reports.report, name="report"),
    path("reports/<int:year>/freeze/", reports.freeze, name="freeze"),
    path("reports/<int:year>/<str:name>", reports.report_file, name="report_file"),
    path("tables/", include(tables.addresses)),
    path("check/", checker, name="checker"),
    path("laws/", include(laws.addresses)),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<str:token>/", drafts.draft, name="draft"),
    path("drafts/<str:token>/comments.docx", drafts.comments, name="draft_comments"),
    path("drafts/<str:token>/<str:key>/", drafts.decide, name="decide_hint"),
    path("ledger/", oversight.ledger_page, name="ledger"),
    path("ledger/verify/", oversight.verify, name="verify"),
    path("people/", staff.people, name="people"),
    path("people/<int:pk>/", staff.person, name="person"),
    path("people/<int:pk>/password/", staff.reset_password, name="reset_password"),
    path("people/<int:pk>/active/", staff.set_active, name="set_active"),
    path("posts/<int:pk>/end/", staff.end_post, name="end_post"),
    path("health/", oversight.health, name="health"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("enter/<str:token>/", enter, name="enter"),
]
urlpatterns = [
    path("", include((_pages, "desk"))),
    path("language/", include("django.conf.urls.i18n")),
]
