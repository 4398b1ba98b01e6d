"""核查文稿: a draft with hints in its margin; the reviewer accepts, edits or dismisses each, and takes it away in Word."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefa.claims.document import Unreadable
from hefa.claims.formats import unfit
from hefa.kernel import act as door
from hefa.kernel.answers import Refused, parse_date
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, visible_to
from hefa.statutes.drafts.comments import commented
from hefa.statutes.drafts.rule import KINDS

from .. import drafting, sight
from ..drafting import ACCEPTED, DISMISSED, DraftCheck, Hint
from ..sight import actor_of, business_posts
from .check import LARGEST, LONGEST, SUFFIXES
from .matters import as_file

REVIEW, OPINION, DISMISS = "review.review", "review.opinion", "dismiss_hint"
CHECKS, WINDOW_SECONDS = 60, 600
CLAUSE = 500  # characters of the draft that an opinion quotes
KIND_OF_CATEGORY = {
    "document": "normative",
    "contract": "contract",
    "decision": "decision",
    "enforcement": "enforcement",
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def kind_words() -> dict[str, str]:
    """The types of draft, in the reader's language."""
    return {"normative": _("行政规范性文件"), "contract": _("合同"), "decision": _("决策文书"),
            "pact": _("村规民约、居民公约"), "enforcement": _("行政执法决定")}  # fmt: skip


def severity_words() -> dict[str, str]:
    return {"block": _("必须改"), "major": _("应当改"), "minor": _("建议改"), "advise": _("提示")}


def drafts(request: HttpRequest) -> HttpResponse:
    """The form; a draft that is given is kept for a day and shown with its hints."""
    actor = actor_of(request)
    if not business_posts(actor):
        raise Http404
    review = _review(actor, request.POST.get("review") or request.GET.get("review"))
    context: dict[str, Any] = {"kinds": kind_words(), "review": review, "largest": LARGEST // 1024 // 1024,
                               "accept": ",".join(SUFFIXES), "chosen": _kind_of(review)}  # fmt: skip
    if request.method != "POST":
        return render(request, "desk/drafts.html", context)
    try:
        body, name = _given(request, actor)
        kind = request.POST.get("kind", "")
        on = parse_date(request.POST["on"]) if request.POST.get("on") else None
        assert actor.person_id is not None
        one = drafting.start(
            actor.person_id, name, body, kind if kind in KINDS else "", on, review.pk if review else None
        )
    except (Unreadable, Refused, ValueError) as fault:
        context |= {
            "fault": str(fault),
            "typed": request.POST.get("text", "")[:LONGEST],
            "chosen": request.POST.get("kind"),
        }
        return render(request, "desk/drafts.html", context, status=422)
    return redirect("desk:draft", one.token)


def _review(actor: Actor, pk: str | None) -> Matter | None:
    if not pk or not pk.isdigit():
        return None
    found = sight.find_matter(actor, int(pk))
    if found.kind != REVIEW:
        raise Http404
    return found


def _kind_of(review: Matter | None) -> str:
    return KIND_OF_CATEGORY.get(getattr(review.case, "category", ""), "") if review else ""


def _given(request: HttpRequest, actor: Actor) -> tuple[bytes, str]:
    key = f"drafts:{actor.person_id}"
    cache.add(key, 0, WINDOW_SECONDS)
    if cache.incr(key) > CHECKS:
        raise Unreadable(_("核查得太频繁，请十分钟后再试"))
    file, text = request.FILES.get("file"), request.POST.get("text", "").replace("\r\n", "\n")
    if file is None:
        if not text.strip():
            raise Unreadable(_("请粘贴文稿的文字，或者选一个文件"))
        if len(text) > LONGEST:
            raise Unreadable(_("文字超过 %(n)d 个字，请分几次核查") % {"n": LONGEST})
        return text.encode(), _("粘贴的文稿") + ".txt"
    name = (file.name or "")[:120]
    if (file.size or 0) > LARGEST:
        raise Unreadable(_("文件超过 %(n)d MB，请拆成几个分别核查") % {"n": LARGEST // 1024 // 1024})
    body = file.read()
    if PurePath(name).suffix.lower() not in SUFFIXES:
        other = _("“%(name)s”不是能核查的文件，可以核查 txt、md、html、docx、pdf") % {"name": name[:60]}
        raise Unreadable(unfit(body, name) or other)
    return body, name


def _check(request: HttpRequest, token: str) -> DraftCheck:
    one = drafting.find(token, actor_of(request).person_id)
    if one is None:
        raise Http404
    return one


def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The draft with its hints. What was dismissed in this review before is known again."""
    one, actor = _check(request, token), actor_of(request)
    review = _review(actor, str(one.review) if one.review else None)
    text, on, found = drafting.hints(one)
    if review is not None and _recall(one, actor, review, found):
        text, on, found = drafting.hints(one)
    open_ones = [hint for hint in found if not hint.did]
    words = severity_words()
    counts = [(drafting.MARKS[severity], drafting.SHAPES[severity], word, sum(h.finding.severity == severity for h in found))
              for severity, word in words.items()]  # fmt: skip
    context = {
        "one": one, "review": review, "on": on, "found": found, "open": len(open_ones), "next": next(iter(open_ones), None), "words": words,
        "kind_word": kind_words()[one.kind], "paras": list(drafting.paras(text, found)),
        "counts": [row for row in counts if row[3]], "may_raise": review is not None and _may_raise(actor, review),
    }  # fmt: skip
    return render(request, "desk/draft.html", context)


def _may_raise(actor: Actor, review: Matter) -> bool:
    kind = next((one for one in sight.seen_kinds(actor) if one.label() == OPINION), None)
    return kind is not None and review.state == "reviewing" and bool(sight.openings(kind, actor))


def _recall(one: DraftCheck, actor: Actor, review: Matter, found: list[Hint]) -> bool:
    """Take over from the review's record what was dismissed there, with its reason, and what waits there as an opinion."""
    said = {entry.answers.get("hint"): entry.answers.get("reason", "")
            for entry in Entry.objects.filter(matter_id=review.pk, step=DISMISS)}  # fmt: skip
    raised = _raised(actor, review)
    quotes = Counter(hint.finding.quote[:CLAUSE] for hint in found)
    fresh = {}
    for hint in (each for each in found if not each.did):
        clause = hint.finding.quote[:CLAUSE]
        opinions = [row for row in raised if row.clause == clause]
        same = next((row for row in opinions if row.problem == hint.finding.message), None)
        if same is None and quotes[clause] == 1 == len(opinions):  # raised in the reviewer's own words
            same = opinions[0]
        if drafting.label_of(hint.finding) in said:
            fresh[hint.key] = {"did": DISMISSED, "reason": said[drafting.label_of(hint.finding)]}
        elif same is not None:
            fresh[hint.key] = {"did": ACCEPTED, "number": same.matter.number, "opinion": str(same.matter.pk),
                               "message": same.problem, "basis": same.basis, "suggest": same.suggestion}  # fmt: skip
    if fresh:
        one.decided |= fresh
        one.save()
    return bool(fresh)


def _raised(actor: Actor, review: Matter) -> list[Any]:
    """The opinions of this review that wait for an answer, as far as the reader may see them."""
    kind: Any = next((each for each in sight.seen_kinds(actor) if each.label() == OPINION), None)
    if kind is None:
        return []
    rows = kind._default_manager.filter(
        visible_to(actor, "matter__"), matter__arises_from=review.pk, matter__state="open"
    )
    return list(rows.select_related("matter").order_by("matter__pk"))


@require_POST
def decide(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """The reviewer's word on one hint: accept it (perhaps in other words), dismiss it with a reason, or think again."""
    one, actor = _check(request, token), actor_of(request)
    review = _review(actor, str(one.review) if one.review else None)
    _text, _on, found = drafting.hints(one)
    hint = next((each for each in found if each.key == key), None)
    if hint is None:
        raise Http404
    did = request.POST.get("did", "")
    try:
        if did == ACCEPTED:
            one.decided[key] = _accepted(request, actor, review, hint)
        elif did == DISMISSED:
            one.decided[key] = _dismissed(request, actor, review, hint)
        elif did == "open" and review is None:
            one.decided.pop(key, None)
        one.save()
    except Refused as refused:
        messages.error(request, "；".join(refused.faults.values()))
    response = redirect("desk:draft", token)
    response["Location"] += f"#hint-{hint.n}"
    return response


def _accepted(request: HttpRequest, actor: Actor, review: Matter | None, hint: Hint) -> dict[str, str]:
    own = {
        name: request.POST.get(name, "").strip() or getattr(hint.finding, name)
        for name in ("message", "basis", "suggest")
    }
    if review is None:
        return {"did": ACCEPTED, **own}
    if hint.did == ACCEPTED:
        return hint.decided
    opinion = door.open_matter(
        OPINION, actor=actor, office=review.office, day=date.today(), step="raise",
        answers={
            "arises_from": review.pk, "severity": drafting.OPINION_SEVERITY[hint.finding.severity],
            "clause": hint.finding.quote[:CLAUSE], "problem": own["message"], "basis": own["basis"], "suggestion": own["suggest"],
        },
    )  # fmt: skip
    messages.success(request, _("已登记为法律意见 %(number)s") % {"number": opinion.number})
    return {"did": ACCEPTED, "number": opinion.number, "opinion": str(opinion.pk), **own}


def _dismissed(request: HttpRequest, actor: Actor, review: Matter | None, hint: Hint) -> dict[str, str]:
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        raise Refused(_("请写明为什么不采用这条提示"))
    if review is not None and hint.did != DISMISSED:
        door.act(
            review,
            DISMISS,
            actor=actor,
            day=date.today(),
            answers={"hint": drafting.label_of(hint.finding), "reason": reason},
        )
    return {"did": DISMISSED, "reason": reason}


def comments(request: HttpRequest, token: str) -> HttpResponse:
    """The draft in Word with the hints that were not dismissed, as comments by the person who takes it."""
    one = _check(request, token)
    _text, _on, found = drafting.hints(one)
    kept = [hint.edited() for hint in found if hint.did != DISMISSED]
    try:
        body = commented(one.source.read_bytes(), one.name, kept, author=actor_of(request).name)
    except Unreadable as fault:
        messages.error(request, str(fault))
        return redirect("desk:draft", token)
    return as_file(HttpResponse(body, content_type=WORD), f"{PurePath(one.name).stem}（批注）.docx")
