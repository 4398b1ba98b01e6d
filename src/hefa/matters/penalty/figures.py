"""The figures of penalty cases."""

from __future__ import annotations

from hefa.kernel.figure import Count, OnTime, Share, Stock, Total

from . import codes
from .rules import DECISIONS

SPOT = ("warn_on_spot", "fine_on_spot")
DECIDED = (*DECISIONS, *SPOT)
OPEN = ("investigating", "concluded", "notified", "hearing")

FIGURES = (
    Count(
        name="docketed", label="行政处罚立案", steps=("docket",), definition="本期内按普通程序立案的案件；当场处罚不立案，不计",
    ),
    Count(
        name="penalties", label="行政处罚决定", steps=DECIDED,
        definition="本期内作出的行政处罚决定，普通程序和当场处罚都计；不予处罚的不计，后来被改变的不扣除",
    ),
    Count(
        name="ordinary_penalties", label="普通程序处罚决定", steps=DECISIONS, definition="本期内按普通程序作出的处罚决定",
    ),
    Count(
        name="on_the_spot", label="当场处罚决定", steps=SPOT, definition="本期内当场作出的处罚决定，警告和罚款都计",
    ),
    Share(
        name="on_the_spot_share", label="当场处罚占比", of="penalty.on_the_spot", among="penalty.penalties",
        definition="当场处罚决定 ÷ 全部处罚决定",
    ),
    Count(
        name="warnings", label="警告", steps=DECIDED, having={"sanction": codes.Sanction.WARNING},
        definition="本期内主要处罚种类为警告的决定",
    ),
    Total(
        name="fines", label="罚款金额", unit="元", steps=DECIDED, field_name="fine",
        definition="本期内作出的处罚决定的罚款之和；被变更的按变更后的金额，被撤销的不扣除；不含加处罚款",
    ),
    Total(
        name="fines_on_the_spot", label="当场罚款金额", unit="元", steps=("fine_on_spot",), field_name="fine",
        definition="本期内当场罚款决定的罚款之和",
    ),
    Total(
        name="paid", label="已缴清案件的缴款金额", unit="元", steps=("finish",), field_name="paid",
        definition="本期内登记履行完毕的案件缴纳的金额，含加处罚款",
    ),
    Count(
        name="spared", label="不予处罚决定", steps=("spare",), definition="本期内作出的不予行政处罚决定",
    ),
    Count(
        name="dismissed", label="撤销立案", steps=("dismiss",), definition="本期内立案以后撤销的案件",
    ),
    Count(
        name="transferred", label="移送案件", steps=("transfer",), definition="本期内移送司法机关或者其他有权机关的案件",
    ),
    Count(
        name="hearings", label="举行听证的案件", steps=("hold_hearing",), definition="本期内举行听证的案件；终止的不计",
    ),
    Count(
        name="reviewed", label="处罚决定法制审核", steps=("review_legality",),
        definition="本期内经过处罚决定法制审核的案件，一件只计一次",
    ),
    Count(
        name="discussed", label="集体讨论的案件", steps=("discuss",), definition="本期内行政机关负责人集体讨论的案件",
    ),
    OnTime(
        name="decided_on_time", label="处罚案件按期办结率", deadline="decide",
        definition="本期作出决定、撤销或者移送的立案案件中，在法定期限内办结的比例",
    ),
    OnTime(
        name="served_on_time", label="决定书按期送达率", deadline="serve",
        definition="本期送达的处罚决定书、不予处罚决定书中，在法定期限内送达的比例；当场交付的当场处罚不计",
    ),
    Count(
        name="enforced", label="申请法院强制执行", steps=("apply_court",), definition="本期内申请人民法院强制执行的处罚案件",
    ),
    Count(
        name="reconsidered", label="处罚被申请行政复议", steps=("reconsider",), definition="本期内被申请行政复议的处罚案件",
    ),
    Count(
        name="sued", label="处罚被提起行政诉讼", steps=("sue",), definition="本期内被提起行政诉讼的处罚案件",
    ),
    Count(
        name="overturned", label="被改变的处罚决定", steps=("overturn", "overturn_published"),
        definition="本期内被变更、撤销、确认违法或者确认无效的处罚决定，按改变之日计",
    ),
    Stock(
        name="open", label="在办的处罚案件", states=OPEN, definition="期末已立案、还没有作出决定的案件",
    ),
    Stock(
        name="unpaid", label="没有履行完毕的罚款案件", states=("served", "demanded", "applied"),
        definition="期末已送达、罚款还没有登记履行完毕的案件",
    ),
)  # fmt: skip
