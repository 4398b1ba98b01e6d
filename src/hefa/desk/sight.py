"""What the person at the desk may see and begin: kinds, offices, matters. Rows themselves go through `visible_to`."""

from __future__ import annotations

from typing import cast

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from hefa.kernel.flow import Step
from hefa.kernel.matter import KINDS, Kind, Matter
from hefa.kernel.people import ADMIN_ROLES, ROLES, Actor, HeldPost, Level, Office, kinds_of_role

# Who answers for the whole: they see key figures, and the ledger's proof.
LEADERS = frozenset({"party_secretary", "director", "deputy", "justice_head"})
SEES_LEDGER = LEADERS | {"auditadmin", "auditor", "district_justice"}
SEES_PEOPLE = frozenset({"sysadmin"})
SEES_HEALTH = ADMIN_ROLES | {"justice_head"}
# Opened by a page of their own, which fills in what no form could ask.
MADE_ELSEWHERE = frozenset({"report.edition", "report.table"})


class DeskRequest(HttpRequest):
    """A request that has passed the desk's middleware."""

    actor: Actor
    csp_nonce: str


def business_posts(actor: Actor) -> tuple[HeldPost, ...]:
    """The posts that show matters at all."""
    return tuple(post for post in actor.posts if ROLES[post.role].scope != "none")


def seen_kinds(actor: Actor) -> list[type[Kind]]:
    """The kinds of which the actor may see matters, in the order of the folders."""
    labels: set[str] = set()
    for post in business_posts(actor):
        if ROLES[post.role].all_kinds:
            return list(KINDS.values())
        labels.update(kinds_of_role(post.role))
    return [kind for label, kind in KINDS.items() if label in labels]


def seen_kind(actor: Actor, label: str) -> type[Kind]:
    """The kind of that label; 404 for one that the actor may not see, as for one that is not there."""
    for kind in seen_kinds(actor):
        if kind.label() == label:
            return kind
    raise Http404


def openings(kind: type[Kind], actor: Actor) -> list[Step]:
    """The opening steps that some post of the actor allows."""
    if kind.label() in MADE_ELSEWHERE:
        return []
    held = {post.role for post in business_posts(actor)}
    return [step for step in kind.flow.opening if held.intersection(step.by)]


def _within(post: HeldPost, prefix: str) -> Q:
    if ROLES[post.role].scope in ("office", "entrusted"):
        return Q(**{f"{prefix}pk": post.office_id})
    return Q(**{f"{prefix}path__startswith": post.office_path})


def reach(actor: Actor) -> QuerySet[Office]:
    """The offices that the actor's business posts cover, in the order of the tree."""
    covered = Q(pk__in=[])
    for post in business_posts(actor):
        covered |= _within(post, "")
    return Office.objects.filter(covered).order_by("path")


def opening_offices(step: Step, actor: Actor) -> list[Office]:
    """Where the actor may open a matter with that step; the post's own offices first."""
    own = [post.office_id for post in business_posts(actor) if post.role in step.by]
    offices = [
        office
        for office in reach(actor)
        if (office.level != Level.OUTSIDE or office.pk in own) and actor.role_for(step.by, office.path)
    ]
    return sorted(offices, key=lambda office: (office.pk not in own, office.path))


def actable(actor: Actor, prefix: str = "") -> Q:
    """Matters in a state from which the actor's role may take a step. Not a right to see: add `visible_to`."""
    found = Q(pk__in=[])
    for post in business_posts(actor):
        states = Q(pk__in=[])
        for label, kind in KINDS.items():
            at = {state for step in kind.flow.steps if post.role in step.by for state in step.at}
            if at:
                states |= Q(**{f"{prefix}kind": label, f"{prefix}state__in": sorted(at)})
        found |= states & _act_scope(post, prefix)
    return found


def _act_scope(post: HeldPost, prefix: str) -> Q:
    if ROLES[post.role].scope == "entrusted":
        return Q(**{f"{prefix}partner_id": post.office_id})
    return _within(post, f"{prefix}office__")


def find_matter(actor: Actor, pk: int) -> Matter:
    """The matter with its kind's row, or 404 when there is none that the actor may see."""
    seen = Matter.objects.visible_to(actor).select_related("office", "handler", "partner")
    matter = seen.filter(pk=pk).first()
    if matter is None or matter.kind not in KINDS:
        raise Http404
    return matter


def has_role(actor: Actor, roles: frozenset[str]) -> bool:
    return bool(actor.roles & roles)


def must_hold(actor: Actor, roles: frozenset[str]) -> None:
    """404 unless the actor holds one of the roles: a page that is not for you does not exist."""
    if not has_role(actor, roles):
        raise Http404


def actor_of(request: HttpRequest) -> Actor:
    return cast(DeskRequest, request).actor
