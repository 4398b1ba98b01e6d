"""People and their posts, for the system administrator. Every change is put on the ledger."""

from __future__ import annotations

import secrets
from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hefa.kernel import ledger
from hefa.kernel.answers import parse_date
from hefa.kernel.people import ROLES, Office, Person, Post

from .. import sight
from ..sight import actor_of

PASSWORD_GROUPS, GROUP_LENGTH = 4, 4
SHOWN = 300


class DayField(forms.CharField):
    """A date as people write it: 2023-05-06, 2023.5.6, 2023年5月6日, 0506."""

    def clean(self, value: str) -> date:
        try:
            return parse_date(super().clean(value))
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class PersonForm(forms.Form):
    """A new person with a first post."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    username = forms.RegexField(
        r"^[\w.-]{2,40}$",
        label=gettext_lazy("登录名"),
        error_messages={"invalid": gettext_lazy("登录名用字母、数字、点、横线或下划线，2 到 40 个")},
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("登录名“%(name)s”已经有人用了") % {"name": username})
        return username


class PostForm(forms.Form):
    """A post to give."""

    office = forms.ModelChoiceField(
        Office.objects.order_by("path"),
        label=gettext_lazy("单位"),
        empty_label=gettext_lazy("请选择"),
        error_messages={"required": gettext_lazy("请选择单位")},
    )
    role = forms.ChoiceField(label=gettext_lazy("岗位"))
    from_on = DayField(label=gettext_lazy("任职日期"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        roles = [(role.name, _(role.label)) for role in ROLES.values() if role.name != "operator"]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["from_on"].initial = date.today().isoformat()


def people(request: HttpRequest) -> HttpResponse:
    """Who works here, and the form to add somebody."""
    sight.must_hold(actor_of(request), sight.SEES_PEOPLE)
    person_form, post_form = PersonForm(request.POST or None), PostForm(request.POST or None)
    if request.method == "POST" and person_form.is_valid() and post_form.is_valid():
        return _add(request, person_form, post_form)
    shown = Person.objects.prefetch_related("posts__office").order_by("-is_active", "username")
    query = request.GET.get("q", "").strip()
    if query:
        shown = shown.filter(name__icontains=query) | shown.filter(username__icontains=query)
    rows = [(person, _held(person)) for person in shown[:SHOWN]]
    context = {"rows": rows, "person_form": person_form, "post_form": post_form, "query": query, "roles": ROLES}
    return render(request, "desk/people.html", context, status=422 if request.method == "POST" else 200)


def _held(person: Person) -> list[Post]:
    today = date.today()
    posts = [post for post in person.posts.all() if post.until_on is None or post.until_on >= today]
    return sorted(posts, key=lambda post: post.pk)


def _add(request: HttpRequest, person_form: PersonForm, post_form: PostForm) -> HttpResponse:
    password = new_password()
    with transaction.atomic():
        person = Person(username=person_form.cleaned_data["username"], name=person_form.cleaned_data["name"])
        person.set_password(password)
        person.save()
        _note(request, "person_added", person, {})
        _give(request, person, post_form)
    messages.success(request, _told(person, password))
    return redirect("desk:person", person.pk)


def _told(person: Person, password: str) -> str:
    return _("%(name)s 的登录名 %(username)s，临时密码 %(password)s（只显示这一次，请当面交给本人并提醒修改）") % {
        "name": person.name,
        "username": person.username,
        "password": password,
    }


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts to give and to end, the password to reset."""
    sight.must_hold(actor_of(request), sight.SEES_PEOPLE)
    found = get_object_or_404(Person, pk=pk)
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _give(request, found, form)
        messages.success(request, _("已任职"))
        return redirect("desk:person", pk)
    posts = found.posts.select_related("office").order_by("until_on", "from_on")
    context = {"person": found, "posts": posts, "form": form, "roles": ROLES, "today": date.today()}
    return render(request, "desk/person.html", context, status=422 if request.method == "POST" else 200)


def _give(request: HttpRequest, person: Person, form: PostForm) -> None:
    given = form.cleaned_data
    post, is_new = Post.objects.get_or_create(
        person=person, office=given["office"], role=given["role"], from_on=given["from_on"]
    )
    if is_new:
        _note(request, "post_given", person, _facts(post) | {"from_on": post.from_on.isoformat()})


def _facts(post: Post) -> dict[str, str]:
    return {"office": post.office.name, "role": post.role}


def _note(request: HttpRequest, step: str, person: Person, facts: dict[str, str]) -> None:
    ledger.note(step, actor=actor_of(request), answers={"person": person.username, "name": person.name} | facts)


@require_POST
@transaction.atomic
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post as of yesterday at the latest: its rights stop at once."""
    sight.must_hold(actor_of(request), sight.SEES_PEOPLE)
    post = get_object_or_404(Post.objects.select_related("person", "office"), pk=pk, until_on=None)
    post.until_on = max(post.from_on, date.fromordinal(date.today().toordinal() - 1))
    post.save()
    _note(request, "post_ended", post.person, _facts(post) | {"until_on": post.until_on.isoformat()})
    messages.success(request, _("已离任：%(post)s") % {"post": post})
    return redirect("desk:person", post.person_id)


@require_POST
@transaction.atomic
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new temporary password; shown once."""
    sight.must_hold(actor_of(request), sight.SEES_PEOPLE)
    found = get_object_or_404(Person, pk=pk)
    password = new_password()
    found.set_password(password)
    found.save()
    _note(request, "password_reset", found, {})
    messages.success(request, _told(found, password))
    return redirect("desk:person", pk)


@require_POST
@transaction.atomic
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or reopen an account; never one's own."""
    actor = actor_of(request)
    sight.must_hold(actor, sight.SEES_PEOPLE)
    found = get_object_or_404(Person, pk=pk)
    if found.pk == actor.person_id:
        raise Http404
    found.is_active = request.POST.get("active") == "1"
    found.save()
    _note(request, "account_opened" if found.is_active else "account_closed", found, {})
    messages.success(request, _("账号已启用") if found.is_active else _("账号已停用"))
    return redirect("desk:person", pk)


def new_password() -> str:
    """Random, and without letters that look alike."""
    alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "-".join("".join(secrets.choice(alphabet) for _n in range(GROUP_LENGTH)) for _g in range(PASSWORD_GROUPS))
