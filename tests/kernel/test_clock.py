"""Clocks: the vectors of the law, pauses, extensions, restarts, and the explanation."""

import datetime as dt

import pytest

from hefa.kernel import clock, days
from hefa.kernel.clock import Event
from hefa.kernel.flow import Deadline
from hefa.kernel.law import UnknownLaw, instrument

FOI, PETITION, INTERNAL = instrument("foi"), instrument("petition"), instrument("internal")
SHAPE = {
    "starts": ("receive",),
    "stops": ("answer",),
    "pauses": ("consult",),
    "resumes": ("hear",),
    "restarts": ("correct",),
    "extended_by": ("extend",),
}


def deadline(within, extension=None, **more):
    return Deadline(name="d", label="答复期限", within=within, extension=extension, **{**SHAPE, **more})


ANSWER = deadline(FOI.term("answer"), FOI.term("extension"))
HANDLE = deadline(PETITION.term("handle"), PETITION.term("extension"))
MONTH = deadline(instrument("ningbo_mediation").term("mediation"))
SUE = deadline(instrument("litigation").term("sue"), duty=False)


def on(text):
    return dt.date.fromisoformat(text)


def steps(*pairs):
    """`"receive 2026-02-10"` or `"extend 2026-02-20 10"`, as events."""
    return [Event(step, on(day), *(int(n) for n in more)) for step, day, *more in (pair.split() for pair in pairs)]


def due(deadline, *pairs):
    full = clock.run(deadline, steps(*pairs))
    assert clock.due_only(deadline, steps(*pairs)) == (full.due_on, full.estimated, full.met_on is None)
    return full.due_on


# --- vectors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "name", "start", "to"),
    [
        ("mediation", "confirmation", "2026-09-01", "2026-10-08"),
        ("foi", "proactive", "2026-02-10", "2026-03-16"),
        ("petition", "inform", "2026-03-02", "2026-03-17"),
        ("petition", "object", "2026-02-12", "2026-02-26"),
        ("reconsideration", "apply", "2026-08-05", "2026-10-08"),
        ("reconsideration", "reply", "2026-09-24", "2026-10-15"),
        ("reconsideration", "reply_simple", "2026-09-24", "2026-10-09"),
        ("litigation", "answer", "2026-09-20", "2026-10-08"),
        ("litigation", "sue", "2026-08-31", "2027-03-01"),
        ("penalty", "decide", "2026-03-02", "2026-06-01"),
        ("compulsion", "apply_court", "2025-11-30", "2026-02-28"),
        ("zhejiang_enforcement", "qualification", "2022-05-06", "2027-05-06"),
        ("zhejiang_audit", "rectify", "2026-08-05", "2026-10-08"),
        ("internal", "review", "2026-09-30", "2026-10-13"),
        ("residents_committee", "handover", "2026-03-02", "2026-03-12"),
    ],
)
def test_terms_of_other_lines_of_work(id, name, start, to):
    assert due(deadline(instrument(id).term(name)), f"receive {start}") == on(to)


# --- not started, met, late -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pairs", [(), ("answer 2026-02-10",), ("consult 2026-02-10", "hear 2026-02-11", "extend 2026-02-12")]
)
def test_nothing_runs_before_the_start(pairs):
    assert clock.run(ANSWER, steps(*pairs)) is None
    assert clock.due_only(ANSWER, steps(*pairs)) == (None, False, False)


def test_a_stop_before_the_start_is_none():
    result = clock.run(ANSWER, steps("answer 2026-02-09", "receive 2026-02-10"))
    assert result.met_on is None and result.due_on == on("2026-03-16")


@pytest.mark.parametrize(("day", "status"), [("2026-02-10", "met"), ("2026-03-16", "met"), ("2026-03-17", "met_late")])
def test_met_in_time_or_late(day, status):
    result = clock.run(ANSWER, steps("receive 2026-02-10", f"answer {day}"))
    assert result.met_on == on(day) and result.status(on("2026-12-31")) == status
    assert result.remaining(on("2026-02-11")) is None
    assert ("已逾期" if status == "met_late" else "未逾期") in result.explain()[-1]


@pytest.mark.parametrize(
    ("today", "status", "left"),
    [
        ("2026-02-10", "running", 20),
        ("2026-03-06", "running", 6),
        ("2026-03-09", "due_soon", 5),
        ("2026-03-16", "due_soon", 0),
        ("2026-03-17", "overdue", -1),
        ("2026-03-23", "overdue", -5),
    ],
)
def test_status_and_what_remains_in_working_days(today, status, left):
    result = clock.run(ANSWER, steps("receive 2026-02-10"))
    assert (result.status(on(today)), result.remaining(on(today))) == (status, left)
    assert clock.STATUS_LABELS[status]


def test_the_last_three_days_are_near_whatever_the_term():
    short = deadline(INTERNAL.term("review"))
    result = clock.run(short, steps("receive 2026-03-02"))  # due 9 March, five working days
    assert [result.status(on(day)) for day in ("2026-03-03", "2026-03-04")] == ["running", "due_soon"]


def test_a_right_of_a_party_lapses():
    result = clock.run(SUE, steps("receive 2026-03-31"))
    assert result.status(on("2026-09-30")) == "due_soon"
    assert result.status(on("2026-10-01")) == "lapsed"
    assert (result.remaining(on("2026-09-20")), result.remaining(on("2026-10-01"))) == (10, -1)


def test_a_new_start_after_the_end_runs_anew():
    result = clock.run(ANSWER, steps("receive 2026-02-10", "answer 2026-02-12", "receive 2026-04-28"))
    assert (result.started_on, result.met_on) == (on("2026-04-28"), None)
    assert result.due_on == days.add_working(on("2026-04-28"), 20)
    # Any other step after the end changes nothing.
    closed = clock.run(
        ANSWER, steps("receive 2026-02-10", "answer 2026-02-12", "consult 2026-02-13", "correct 2026-02-24")
    )
    assert (closed.met_on, closed.due_on) == (on("2026-02-12"), on("2026-03-16"))


def test_a_second_start_while_running_is_none():
    assert due(ANSWER, "receive 2026-02-10", "receive 2026-02-24") == on("2026-03-16")


def test_as_of_a_day_later_steps_are_left_out():
    taken = steps("receive 2026-02-10", "consult 2026-02-24", "hear 2026-03-10", "answer 2026-03-20")
    assert clock.run(ANSWER, taken, today=on("2026-03-01")).status(on("2026-03-01")) == "paused"
    assert clock.run(ANSWER, taken, today=on("2026-02-09")) is None


def test_order_given_does_not_matter_between_days():
    taken = steps("receive 2026-02-10", "consult 2026-02-24", "hear 2026-03-10")
    assert clock.run(ANSWER, taken[::-1]) == clock.run(ANSWER, taken)


# --- pauses ---------------------------------------------------------------------------------------------------------


def test_an_open_pause_has_no_due_day():
    result = clock.run(ANSWER, steps("receive 2026-02-10", "consult 2026-02-25"))
    assert (result.due_on, result.paused_since, result.estimated) == (None, on("2026-02-25"), False)
    assert (result.status(on("2026-12-31")), result.remaining(on("2026-12-31"))) == ("paused", 14)
    assert result.days[-1].date == on("2026-02-25") and "尚未恢复" in result.explain()[-1]
    assert result.to_json()["due"] is None
    assert clock.due_only(ANSWER, steps("receive 2026-02-10", "consult 2026-02-25")) == (None, False, True)


def test_answered_while_paused_is_in_time():
    result = clock.run(ANSWER, steps("receive 2026-02-10", "consult 2026-02-25", "answer 2026-06-01"))
    assert result.status(on("2026-06-02")) == "met"


def test_a_pause_over_spring_festival():
    """Paused Wednesday 11 February to Wednesday 25 February: 12, 13, 14 (worked), 24, 25 do not count."""
    result = clock.run(ANSWER, steps("receive 2026-02-10", "consult 2026-02-11", "hear 2026-02-25"))
    assert result.due_on == days.add_working(on("2026-03-16"), 5) == on("2026-03-23")
    noted = {note.date: note for note in result.days}
    assert noted[on("2026-02-11")].counted and noted[on("2026-02-26")].why == "第2个工作日"
    assert not noted[on("2026-02-25")].counted and noted[on("2026-02-17")].why == "中止期间不计入"
    assert "2026年2月11日中止，2026年2月25日恢复，其间14日不计入" in result.explain()


def test_double_pauses_and_resumptions_are_borne():
    single = due(ANSWER, "receive 2026-03-02", "consult 2026-03-04", "hear 2026-03-11")
    double = ("receive 2026-03-02", "consult 2026-03-04", "consult 2026-03-05", "hear 2026-03-11", "hear 2026-03-13")
    assert due(ANSWER, *double) == single == days.add_working(on("2026-03-30"), 5)
    assert due(ANSWER, "receive 2026-03-02", "hear 2026-03-05") == on("2026-03-30")
    same_day = ("receive 2026-03-02", "consult 2026-03-05", "hear 2026-03-05")
    assert due(ANSWER, *same_day) == on("2026-03-30")
    assert clock.run(ANSWER, steps(*same_day)).pauses == ()


def test_one_pause_after_another():
    twice = ("receive 2026-03-02", "consult 2026-03-04", "hear 2026-03-06", "consult 2026-03-06", "hear 2026-03-10")
    assert due(ANSWER, *twice) == days.add_working(on("2026-03-30"), 4)


@pytest.mark.parametrize("day", ["2026-03-16", "2026-03-17", "2026-04-20"])
def test_a_pause_after_the_due_day_is_void(day):
    result = clock.run(ANSWER, steps("receive 2026-02-10", f"consult {day}", "hear 2026-05-06"))
    assert result.due_on == on("2026-03-16") and not result.pauses
    assert any("不起作用" in line for line in result.explain())


def test_calendar_days_and_months_move_by_the_paused_days():
    assert due(HANDLE, "receive 2026-03-02", "consult 2026-03-10", "hear 2026-03-20") == on("2026-05-11")
    monthly = deadline(instrument("ningbo_mediation").term("mediation"))
    assert due(monthly, "receive 2026-03-02") == on("2026-04-02")
    assert due(monthly, "receive 2026-03-02", "consult 2026-03-10", "hear 2026-03-16") == on("2026-04-08")


def test_a_pause_between_the_last_day_and_the_day_it_rolls_to():
    """60 days end on 1 October and roll to the 8th; paused on the 3rd, the clock cannot end before it resumes."""
    taken = ("receive 2026-08-02", "consult 2026-10-03")
    assert due(HANDLE, "receive 2026-08-02") == on("2026-10-08")
    assert due(HANDLE, *taken) is None
    assert due(HANDLE, *taken, "hear 2026-10-20") == on("2026-10-21")
    # Paused on the last day itself: that day has counted, but the clock cannot end on the paused days after it.
    assert due(HANDLE, "receive 2026-08-02", "consult 2026-10-01", "hear 2026-10-20") == on("2026-10-21")


# --- extensions and restarts ----------------------------------------------------------------------------------------


def test_extension_adds_its_term_or_what_was_granted_and_no_more():
    start = "receive 2026-03-02"
    assert due(ANSWER, start, "extend 2026-03-20") == days.add_working(on("2026-03-30"), 20)
    assert due(ANSWER, start, "extend 2026-03-20 7") == days.add_working(on("2026-03-30"), 7)
    assert due(ANSWER, start, "extend 2026-03-20 99") == days.add_working(on("2026-03-30"), 20)
    assert due(ANSWER, start, "extend 2026-03-20 0") == on("2026-03-30")
    assert due(ANSWER, start, "extend 2026-03-20 5", "extend 2026-03-25 5") == days.add_working(on("2026-03-30"), 10)


def test_calendar_extension_runs_from_the_term_and_not_from_the_rolled_day():
    assert due(HANDLE, "receive 2026-08-05", "extend 2026-10-08") == on("2026-11-03")  # 90 days


def test_extension_on_the_last_day_holds_and_after_it_is_void():
    assert due(ANSWER, "receive 2026-02-10", "extend 2026-03-16 3") == on("2026-03-19")
    result = clock.run(ANSWER, steps("receive 2026-02-10", "extend 2026-03-17", "answer 2026-03-20"))
    assert result.due_on == on("2026-03-16") and not result.extended
    assert result.status(on("2026-03-20")) == "met_late"
    assert "2026年3月17日的延长在期满之后，不起作用" in result.explain()


def test_extension_inside_a_pause():
    taken = ("receive 2026-03-02", "consult 2026-03-04", "extend 2026-03-10", "hear 2026-03-11")
    result = clock.run(ANSWER, steps(*taken))
    assert result.extended and result.due_on == days.add_working(on("2026-03-30"), 25)
    assert sum(note.counted for note in result.days) == 40
    assert result.basis[0] == str(FOI[33, 2])
    # Paused, the clock cannot have expired, however long the pause.
    late = due(ANSWER, "receive 2026-03-02", "consult 2026-03-04", "extend 2026-05-06", "hear 2026-05-07")
    assert late == days.add_working(on("2026-05-07"), 38)
    still = clock.run(ANSWER, steps(*taken[:3]))
    assert still.due_on is None and still.extended and still.remaining(on("2026-03-12")) == 38


def test_monthly_extension_counts_from_the_start():
    made = deadline(MONTH.within, MONTH.within)
    assert due(made, "receive 2026-01-31", "extend 2026-02-20") == on("2026-03-31")
    assert due(made, "receive 2026-01-31", "extend 2026-02-20 10") == on("2026-03-10")
    assert due(made, "receive 2026-01-31", "extend 2026-02-20", "extend 2026-03-02") == on("2026-04-30")
    assert due(made, "receive 2025-12-31", "extend 2026-01-20", "extend 2026-02-10") == on("2026-03-31")
    assert due(made, "receive 2026-01-31", "extend 2026-02-20 3", "extend 2026-03-02") == on("2026-04-03")


def test_extension_without_a_statutory_length_is_what_was_agreed():
    assert due(MONTH, "receive 2026-03-02", "extend 2026-03-20 10") == on("2026-04-13")  # 12 April is a Sunday
    assert due(MONTH, "receive 2026-03-02", "extend 2026-03-20") == on("2026-04-02")


def test_extension_in_another_unit_follows_the_term():
    mixed = deadline(HANDLE.within, FOI.term("extension"))
    result = clock.run(mixed, steps("receive 2026-08-05", "extend 2026-09-01 2"))
    assert result.due_on == on("2026-10-09")  # 60 days to 4 October, then two working days
    assert result.days[-1].why == "第2个工作日"


def test_restart_begins_anew_and_forgets_pause_and_extension():
    result = clock.run(
        ANSWER, steps("receive 2026-02-10", "extend 2026-02-11", "consult 2026-02-24", "correct 2026-03-02")
    )
    assert (result.started_on, result.due_on, result.paused_since) == (on("2026-03-02"), on("2026-03-30"), None)
    assert not result.extended and not result.pauses
    assert any("重新起算" in line for line in result.explain())


def test_restart_after_expiry_holds():
    assert due(ANSWER, "receive 2026-01-05", "correct 2026-03-02") == on("2026-03-30")


def test_the_term_is_that_of_the_day_the_clock_starts():
    with pytest.raises(UnknownLaw, match="没有施行中的期限"):
        clock.run(ANSWER, steps("receive 2018-05-02"))


# --- the explanation ------------------------------------------------------------------------------------------------


def test_every_day_is_accounted_for():
    result = clock.run(ANSWER, steps("receive 2026-02-10"))
    assert [note.date for note in result.days] == [on("2026-02-10") + dt.timedelta(n) for n in range(35)]
    noted = {note.date: note for note in result.days}
    assert noted[on("2026-02-14")] == (on("2026-02-14"), True, "第4个工作日，调休上班（周六）")
    assert noted[on("2026-02-20")] == (on("2026-02-20"), False, "春节放假")
    assert noted[on("2026-03-07")] == (on("2026-03-07"), False, "周六")
    assert result.days[-1].why == "第20个工作日"
    assert result.explain() == [
        "答复期限：20个工作日，依据《中华人民共和国政府信息公开条例》第三十三条第二款",
        "2026年2月10日起算，当日不计入（《中华人民共和国民法典》第二百零一条第一款）",
        "2026年2月14日调休上班（周六），计入",
        "2026年2月15日至2026年2月23日春节放假，不计入",
        "2026年2月28日调休上班（周六），计入",
        "周六、周日共5日，不计入",
        "届满日：2026年3月16日",
    ]


def test_a_rolled_end_is_explained_and_cited():
    result = clock.run(deadline(instrument("reconsideration").term("apply")), steps("receive 2026-08-05"))
    assert result.basis == (
        "《中华人民共和国行政复议法》第二十条第一款",
        "《中华人民共和国民事诉讼法》第八十五条第二款",
        "《中华人民共和国民事诉讼法》第八十五条第三款",
    )
    tail = [(note.date.day, note.counted, note.why) for note in result.days[-5:]]
    assert tail == [
        (4, True, "第60日，期限最后一日，国庆节放假"),
        (5, False, "国庆节放假，顺延"),
        (6, False, "国庆节放假，顺延"),
        (7, False, "国庆节放假，顺延"),
        (8, False, "顺延至休息日后的第一个工作日，届满"),
    ]
    assert "期限最后一日2026年10月4日是休息日，顺延至2026年10月8日" in result.explain()[-2]


def test_months_cite_the_corresponding_day():
    assert "《中华人民共和国民法典》第二百零二条" in clock.run(SUE, steps("receive 2026-03-31")).basis


def test_what_is_not_verified_is_said():
    assert "依据尚未核实" in clock.run(MONTH, steps("receive 2026-03-02")).explain()[-1]
    inner = clock.run(deadline(INTERNAL.term("follow_up")), steps("receive 2026-03-02"))
    assert "不是法律规定的期限" in inner.explain()[-1] and inner.basis[0] == "内部时限"
