"""Four invented papers of the kinds that a sub-district issues, for the tests of the press."""

from datetime import date

from hefa.press import Blank, Field, Fields, Heading, Paper, Para, Run, Signatures, Table

OFFICE = "宁波市鄞州区人民政府某某街道办事处"


def reply() -> Paper:
    return Paper(
        kind="letter",
        office=OFFICE,
        title="政府信息公开申请答复书",
        doc_no="某街公开〔2024〕7号",
        to="李喆",
        body=(
            Para(
                "本机关于2024年2月18日收到您通过当面提交方式提出的政府信息公开申请（编号：2024007），"
                "申请公开“某某街道2023年度老旧小区改造项目的施工合同及验收材料”。"
            ),
            Para("经审查，您申请公开的信息属于政府信息，现答复如下："),
            Para(
                "一、您申请公开的施工合同属于可以公开的政府信息，根据《中华人民共和国政府信息公开条例》"
                "第三十六条第（二）项的规定，予以公开，随本答复书一并提供。"
            ),
            Para(
                "二、您申请公开的验收材料中涉及第三方商业秘密的部分，经征求第三方意见，第三方不同意公开。根据"
                "《中华人民共和国政府信息公开条例》第十五条、第三十七条的规定，对该部分不予公开。"
            ),
            Para(
                "对本答复中不予公开部分不服的，应当自收到本答复书之日起60日内先向宁波市鄞州区人民政府申请行政复议，"
                "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼；对本答复其他部分"
                "不服的，可以自收到本答复书之日起60日内申请行政复议，也可以自收到本答复书之日起6个月内依法向人民法院提起行政诉讼。"
            ),
        ),
        attachments=("某某街道2023年度老旧小区改造项目施工合同", "区分处理后的验收材料"),
        signed_by=OFFICE,
        signed_on=date(2024, 3, 14),
        note="联系人：王堃，联系电话：0574-00000000",
    )


def intake() -> Paper:
    return Paper(
        kind="form",
        title="人民调解受理登记表",
        doc_no="某某调〔2024〕12号",
        body=(
            Fields(
                (
                    (("登记日期", "2024年3月14日"), ("案件来源", "☑当事人申请　□主动调解　□委托移送")),
                    (("申请人", "张珺昇"), ("身份证号", "990000199001010018")),
                    (("性别", "女"), ("联系电话", "13900000000")),
                    ("单位或住址", "某某街道某某社区幸福路12号3幢401室"),
                    (("被申请人", "朱镕"), ("身份证号", "990000198506060029")),
                    ("单位或住址", "某某街道某某社区幸福路12号3幢501室"),
                    ("纠纷类型", "邻里纠纷（漏水损害赔偿）"),
                    Field(
                        "纠纷简要情况",
                        "2024年3月2日，申请人发现其住宅卫生间顶部渗水，经物业查看，系楼上501室防水层损坏所致。"
                        "双方就维修及赔偿数额协商不成，申请调解。",
                        lines=8,
                    ),
                    Field("申请事项", "被申请人修复防水层，并赔偿吊顶损失3200元。", lines=4),
                    (("申请人签名", ""), ("登记人签名", "")),
                    ("备注", ""),
                )
            ),
        ),
        signed_on=date(2024, 3, 14),
    )


def agreement() -> Paper:
    return Paper(
        kind="form",
        title="人民调解协议书",
        doc_no="编号：某某调协〔2024〕12号",
        sample=True,
        body=(
            Para("申请人：张珺昇，女，1990年1月1日出生，住某某街道某某社区幸福路12号3幢401室。"),
            Para("被申请人：朱镕，男，1985年6月6日出生，住某某街道某某社区幸福路12号3幢501室。"),
            Heading(1, "一、纠纷主要事实和争议事项"),
            Para("2024年3月2日，申请人发现住宅卫生间顶部渗水，系501室防水层损坏所致，双方就赔偿数额发生争议。"),
            Heading(1, "二、协议内容"),
            Para("经调解，双方自愿达成如下协议："),
            Para("（一）被申请人于2024年4月10日前修复卫生间防水层，费用由被申请人承担。"),
            Para(
                "（二）被申请人一次性赔偿申请人吊顶损失2800元（大写：人民币贰仟捌佰元整），于本协议签订之日当场给付。"
            ),
            Para("（三）双方就本次漏水纠纷再无其他争议。"),
            Heading(1, "三、履行方式、地点和期限"),
            Para("按本协议第二条确定的方式和期限履行。"),
            Para(
                "本协议一式三份，双方当事人各执一份，人民调解委员会留存一份，自各方当事人签名、盖章或者按指印，"
                "人民调解员签名并加盖人民调解委员会印章之日起生效。"
            ),
            Signatures(
                ("申请人（签名、指印）：", "被申请人（签名、指印）：", "人民调解员（签名）：", "记录人（签名）："),
                columns=2,
            ),
        ),
        signed_by="某某社区人民调解委员会",
        signed_on=date(2024, 3, 14),
    )


def _introduction() -> Para:
    return Para(
        (
            "2023年，街道两级人民调解组织共受理纠纷",
            Run("1476", figure="mediation.accepted"),
            "件，其中社区调解完成",
            Run("616", figure="mediation.by_community"),
            "件，占",
            Run("41.73%", figure="mediation.community_share"),
            "，受理量同比上升",
            Run("20.08%", figure="mediation.change"),
            "。现将有关情况报告如下。",
        )
    )


def _section(number: int, mark: str) -> list:
    return [
        Heading(1, f"{mark}、推进依法行政工作情况之{mark}"),
        Heading(2, "（一）规范行政决策和合法性审查"),
        Para(
            (
                Run("一是落实审查全覆盖。", bold=True),
                "全年审查合同、文件和决策事项",
                Run("271", figure=f"review.reviewed.{number}"),
                "件，提出审查意见",
                Run("789", figure=f"review.opinions.{number}"),
                "条，采纳率",
                Run("98.61%", figure=f"review.adopted.{number}"),
                "；对涉及群众切身利益的重大事项，坚持公众参与、专家论证、风险评估、合法性审查和集体讨论决定，"
                "做到应审尽审、应评尽评，未经合法性审查或者经审查不合法的，一律不得提交讨论。",
            )
        ),
        Para(
            (
                Run("二是提升法律顾问实效。", bold=True),
                "法律顾问全年坐班",
                Run("104", figure=f"counsel.visits.{number}"),
                "次，覆盖",
                Run("18", figure=f"counsel.communities.{number}"),
                "个社区和",
                Run("13", figure=f"counsel.coops.{number}"),
                "家股份经济合作社，解答咨询",
                Run("352", figure=f"counsel.answers.{number}"),
                "人次。",
            )
        ),
        Heading(3, "1.存在的不足"),
        Para(
            "执法人员持证率为30.43%，距离60%的目标仍有差距；部分社区法治阵地利用率不高，"
            "法治宣传的针对性、实效性有待进一步增强。"
        ),
    ]


def _communities() -> Table:
    return Table(
        ("社区", "受理（件）", "调解成功（件）", "成功率", "涉及金额（元）"),
        [
            (
                name,
                Run(str(count), figure=f"t.{n}.a"),
                Run(str(count - 1), figure=f"t.{n}.b"),
                "98.61%",
                "12,345.00",
            )
            for n, (name, count) in enumerate(
                zip(("飞虹社区", "彩虹社区", "东湖社区", "桑菊社区"), (72, 65, 58, 41), strict=True)
            )
        ],
        align=("left", "right", "right", "right", "right"),
        caption="表1　各社区人民调解情况",
        widths=(2, 1.4, 1.8, 1.2, 2),
    )


def annual_report(sections: int = 6) -> Paper:
    body: list = [_introduction()]
    for number, mark in zip(range(sections), "一二三四五六七八九十", strict=False):
        body += _section(number, mark)
    body.append(_communities())
    return Paper(
        kind="report",
        title=f"{OFFICE}关于2023年度法治政府建设情况的报告",
        body=(*body, Blank(), Para("特此报告。")),
        signed_by=OFFICE,
        signed_on=date(2024, 1, 8),
    )


def notice() -> Paper:
    return Paper(
        kind="document",
        office=f"{OFFICE}文件",
        title="关于印发《某某街道行政规范性文件管理办法》的通知",
        doc_no="某街〔2024〕3号",
        to="各社区，各股份经济合作社，各科室、中心",
        body=(
            Para("《某某街道行政规范性文件管理办法》已经街道党工委、办事处研究同意，现印发给你们，请认真贯彻执行。"),
            Para("本通知自2024年4月1日起施行。"),
        ),
        attachments=("某某街道行政规范性文件管理办法",),
        signed_by=OFFICE,
        signed_on=date(2024, 3, 14),
        copy_to="区司法局，区人民政府办公室",
        printed_by="某某街道党政综合办公室",
        note="此件公开发布",
    )


ALL = {"reply": reply, "intake": intake, "agreement": agreement, "annual_report": annual_report, "notice": notice}
