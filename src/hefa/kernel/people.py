"""Offices in a tree, the people who work in them, the posts that give them a role, and who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .matter import Matter


@dataclass(frozen=True)
class Role:
    """A function held in an office. `scope`: which matters its holder sees among the kinds of the role.

    subtree: the office and all below it · office: the office alone · own: only what the person handles ·
    entrusted: only what was handed to the office from outside (law firm, police) · none: no business data.
    `all_kinds`: sees every kind (leaders, oversight), else only the kinds in which the role may take a step.
    `opens_sealed`: sees sealed matters (minors, domestic violence) in its scope without handling them.
    """

    name: str
    label: str
    scope: str = "subtree"
    all_kinds: bool = False
    opens_sealed: bool = False


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("party_secretary", "党工委书记", all_kinds=True),
        Role("director", "办事处主任", all_kinds=True),
        Role("deputy", "分管领导", all_kinds=True),
        Role("justice_head", "司法所所长", all_kinds=True, opens_sealed=True),
        Role("justice_clerk", "司法所工作人员"),
        Role("reviewer", "合法性审查员"),
        Role("counsel", "法律顾问", scope="entrusted"),
        Role("mediator", "专职调解员"),
        Role("community_mediator", "社区调解员", scope="office"),
        Role("committee_head", "社区调委会主任", scope="office", opens_sealed=True),
        Role("grid_worker", "网格员", scope="own"),
        Role("enforcer", "综合执法队员", scope="own"),
        Role("enforcement_head", "综合执法队长"),
        Role("case_officer", "科室承办人", scope="own"),
        Role("foi_officer", "信息公开经办人"),
        Role("foi_head", "信息公开工作机构负责人"),
        Role("petition_officer", "信访接待员"),
        Role("petition_head", "信访负责人"),
        Role("window_clerk", "窗口人员", scope="own"),
        Role("auditor", "内审人员", all_kinds=True),
        Role("discipline", "纪检监察干部", all_kinds=True),
        Role("archivist", "档案员", all_kinds=True),
        Role("secrecy_reviewer", "保密审查员"),
        Role("personnel_officer", "组织人事干部"),
        Role("planner", "法治督察专员"),
        Role("accountant", "财务人员"),
        Role("sysadmin", "系统管理员", scope="none"),
        Role("secadmin", "安全管理员", scope="none"),
        Role("auditadmin", "审计管理员", scope="none"),
        Role("district_justice", "区司法局", all_kinds=True),
        Role("deputy_to_npc", "人大代表、监督员", scope="own"),
        Role("operator", "命令行操作员", all_kinds=True, opens_sealed=True),
    )
}


def role_choices() -> list[tuple[str, str]]:
    """(name, label) of every role: a function, so that a new role needs no migration."""
    return [(role.name, role.label) for role in ROLES.values()]


ADMIN_ROLES = frozenset({"sysadmin", "secadmin", "auditadmin"})


class Level(models.TextChoices):
    DISTRICT = "district", "区"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"
    COOP = "coop", "股份经济合作社"
    OUTSIDE = "outside", "外部单位"


class Office(models.Model):
    """A node of the tree. `path` is the chain of ids ("1.2.7."), so that a subtree is one prefix."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80, unique=True)
    short = models.CharField("简称", max_length=40)
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, db_index=True, blank=True, editable=False)

    class Meta:
        ordering = ["path"]
        verbose_name = verbose_name_plural = "单位"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        path = f"{self.parent.path if self.parent else ''}{self.pk:06d}."
        if path != self.path:
            self.path = path
            Office.objects.filter(pk=self.pk).update(path=path)


def street_of(office: Office) -> Office:
    """The street that an office belongs to; itself when it is under none."""
    found: Office | None = office
    while found is not None and found.level != Level.STREET:
        found = found.parent
    return found or office


class Person(AbstractUser):
    """Someone who works here and may sign in."""

    first_name = last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40)
    is_sample = models.BooleanField("样本人员", default=False)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name


class Post(models.Model):
    """A role held in an office for a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=30, choices=role_choices)
    from_on = models.DateField("任职日期")
    until_on = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [models.UniqueConstraint(fields=["person", "office", "role", "from_on"], name="post_once")]

    def __str__(self) -> str:
        return f"{self.office.name} {ROLES[self.role].label}"


@dataclass(frozen=True)
class HeldPost:
    """A post as the rights see it."""

    office_id: int
    office_path: str
    office_name: str
    role: str


@dataclass(frozen=True)
class Actor:
    """Who is acting, with the posts held that day; built once a request."""

    person_id: int | None
    name: str
    posts: tuple[HeldPost, ...]

    @classmethod
    def of(cls, person: Person, on: date | None = None) -> Actor:
        """The person's actor with the posts in force on that day (default today). One query."""
        on = on or date.today()
        held = (
            Post.objects.filter(Q(until_on=None) | Q(until_on__gte=on), person=person, from_on__lte=on)
            .order_by("id")
            .values_list("office_id", "office__path", "office__name", "role")
        )
        return cls(person.pk, person.name, tuple(HeldPost(*row) for row in held) if person.is_active else ())

    @classmethod
    def operator(cls, name: str = "命令行操作员") -> Actor:
        """Whoever has a shell on the machine: recorded under that name, in every office."""
        return cls(None, name, (HeldPost(0, "", "", "operator"),))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def role_for(self, roles: Iterable[str], office_path: str, matter: Matter | None = None) -> str | None:
        """The role among `roles` that this actor holds over an office, and over one matter of it, or None."""
        wanted = set(roles)
        for post in self.posts:
            if post.role == "operator":
                return post.role
            if post.role in wanted and _reaches(post, office_path) and self._holds(post, matter):
                return post.role
        return None

    def _holds(self, post: HeldPost, matter: Matter | None) -> bool:
        """Whether a post that handles only what is its own has the matter; another post may let the actor see it."""
        scope = ROLES[post.role].scope
        if matter is None or matter.pk is None or scope not in ("own", "entrusted"):
            return True
        return matter.handler_id == self.person_id if scope == "own" else matter.partner_id == post.office_id


def _reaches(post: HeldPost, office_path: str) -> bool:
    scope = ROLES[post.role].scope
    if scope == "entrusted":
        return True  # the matter must have been handed to the office: the visibility predicate sees to that
    if scope == "office":
        return office_path == post.office_path
    return scope != "none" and office_path.startswith(post.office_path)


def visible_to(actor: Actor, prefix: str = "") -> Q:
    """The ONE predicate of sight, over Matter (or, with `prefix`, over what joins to it)."""
    seen = Q(pk__in=[])
    for post in actor.posts:
        role = ROLES[post.role]
        if role.scope == "none":
            continue
        part = Q(**{f"{prefix}handler_id": actor.person_id})
        if role.scope == "subtree":
            # The operator's path is empty: every office. (An empty Q would vanish in the disjunction.)
            everywhere = Q(pk__isnull=False)
            part = Q(**{f"{prefix}office__path__startswith": post.office_path}) if post.office_path else everywhere
        elif role.scope == "office":
            part |= Q(**{f"{prefix}office_id": post.office_id})
        elif role.scope == "entrusted":
            part = Q(**{f"{prefix}partner_id": post.office_id})
        if not role.all_kinds:
            part &= Q(**{f"{prefix}kind__in": kinds_of_role(post.role)})
        if not role.opens_sealed:
            part &= Q(**{f"{prefix}sealed": False}) | Q(**{f"{prefix}handler_id": actor.person_id})
        seen |= part
    return seen


@lru_cache(maxsize=64)
def kinds_of_role(role: str) -> tuple[str, ...]:
    """The kinds in which a role may take a step: those it sees."""
    from .matter import KINDS

    return tuple(
        label
        for label, kind in KINDS.items()
        if role in kind.seen_by or any(role in step.by for step in kind.flow.steps) or role in kind.flow.corrected_by
    )
