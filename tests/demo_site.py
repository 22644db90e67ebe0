"""A small handbook made by hand: pages that use every kind of block, with texts as they will be."""

from __future__ import annotations

from baodian.page import (
    Answer,
    Area,
    Arrow,
    Balance,
    Beat,
    Block,
    Bullets,
    Callout,
    Card,
    Cards,
    Cell,
    Checklist,
    Chip,
    Chips,
    Choice,
    Count,
    Crumb,
    Entry,
    Fact,
    Facts,
    Filter,
    Folded,
    Heading,
    Index,
    Inline,
    Item,
    ItemGroup,
    Lead,
    Levels,
    Link,
    LinkItem,
    Links,
    Map,
    Markdown,
    Marked,
    NavSection,
    Origin,
    Page,
    Paragraph,
    Part,
    Passage,
    Picture,
    PictureStep,
    Question,
    Row,
    Say,
    Script,
    Shop,
    Signature,
    Site,
    Slot,
    Spot,
    Step,
    Steps,
    Strong,
    Table,
    Tally,
    Text,
    Value,
    Year,
    line,
)
from baodian.said.problems import At

CALL = Slot("客户称呼", "李老板")
DAY = Slot("日期", "周四上午")


def lines(*texts: str) -> tuple[tuple[Inline, Origin | None], ...]:
    return tuple((line(text), None) for text in texts)


def at(file: str, number: int) -> At:
    return At(f"playbook_data/{file}.yml", number)


def home() -> Page:
    return Page(
        address="index.html",
        title="远桥客户维护宝典",
        kind="home",
        section="home",
        lead=line("进门前三分钟，找到该说的话、该做的事。"),
        in_nav=True,
        blocks=(
            Heading("现在遇到什么", "now"),
            Cards(
                (
                    Card("拜访前三分钟", "moments/at-the-door.html", icon="clock-outline"),
                    Card("站在店门口", "moments/at-the-door.html", icon="map-marker-path"),
                    Card("被拒绝以后", "moments/at-the-door.html", icon="chat-processing"),
                    Card("客户发火了", "moments/at-the-door.html", icon="shield-alert"),
                ),
                small=True,
            ),
            Heading("这是哪种客户", "who"),
            Cards(
                (
                    Card(
                        "成交等级",
                        "customers/activity.html",
                        line("这笔生意多久能成？"),
                        ("成交A", "成交B", "成交C", "成交D"),
                        accent="closing",
                        icon="target",
                    ),
                    Card(
                        "活跃类型",
                        "customers/activity.html",
                        line("这家门店最近还在订货吗？"),
                        ("5 类",),
                        accent="activity",
                        icon="repeat",
                    ),
                    Card(
                        "会员等级",
                        "customers/activity.html",
                        line("这位车主或车队享受什么？"),
                        ("7 级",),
                        accent="member-tier",
                        icon="gift",
                    ),
                    Card(
                        "生命周期",
                        "customers/activity.html",
                        line("车队管家用到哪一步了？"),
                        ("5 期",),
                        accent="lifecycle",
                        icon="source-branch",
                    ),
                )
            ),
        ),
    )


def moment() -> Page:
    return Page(
        address="moments/at-the-door.html",
        title="站在店门口",
        kind="moment",
        section="moments",
        entity="moment:at-the-door",
        icon="map-marker-path",
        badges=("进店前一分钟",),
        trail=(Crumb("场景", "index.html"),),
        source=at("moments/at-the-door", 1),
        holds=frozenset({"moment:at-the-door"}),
        blocks=(
            Steps(
                (
                    Step(line("看招牌、客流、货架，选一个切入点")),
                    Step(line("先体验一下接待，不急着找老板")),
                    Step((Text("想好今天只谈哪"), Strong("一件事"))),
                )
            ),
            Links(
                (
                    LinkItem(
                        Link("谁在？", "tables/opening-topic.html#owner"),
                        line("老板、店长、店员，各有各的开口"),
                    ),
                    LinkItem(
                        Link("看到什么？", "tables/opening-topic.html"),
                        line("断货、新店、忙不过来……"),
                    ),
                ),
                big=True,
            ),
            Heading("带上", "take", icon="forum"),
            Cards(
                (
                    Card(
                        "客户说“不想做了”",
                        "scripts/says-will-stop.html",
                        line("听出真正的原因，只给一个补救办法。"),
                        ("话术",),
                        icon="forum",
                    ),
                    Card(
                        "离店前自查",
                        "checklists/leave-shop.html",
                        line("出店门前一分钟"),
                        ("4 项",),
                        icon="clipboard-check",
                    ),
                )
            ),
            Callout(
                "red-line",
                "红线",
                (Bullets(lines("不冒充熟人介绍", "不拍证件和别人的单据"), "dont"),),
            ),
            Heading("拿不准，问谁", "ask", icon="account-arrow-up"),
            Links(
                (
                    LinkItem(Link("打给区域主管", "tel:4000000000"), line("退款、超额度：当天")),
                    LinkItem(Link("打给合规", "tel:4000000001"), line("有人要好处：马上")),
                ),
                big=True,
            ),
        ),
    )


def scheme() -> Page:
    names = ("死账户", "非活跃客户", "活跃客户", "忠诚客户", "骨灰级忠诚客户")
    ids = ("dead", "inactive", "active", "loyal", "die-hard")
    notes = ("90 天以上没订货", "30–89 天", "30 天内有单", "连续 3–11 个月达标", "12 个月以上")
    return Page(
        address="customers/activity.html",
        title="活跃类型",
        kind="scheme",
        section="customers",
        entity="scheme:activity",
        accent="activity",
        icon="repeat",
        badges=("量的是合作门店", "5 类"),
        lead=line("这家门店最近还在订货吗？"),
        trail=(Crumb("认客户", "customers/activity.html"),),
        source=at("customer_types/activity", 1),
        holds=frozenset({"scheme:activity", *(f"class:activity/{i}" for i in ids)}),
        owner="销售运营部",
        reviewed="2026-11-02",
        blocks=(
            Picture(
                "ladder",
                tuple(
                    PictureStep(name, note, f"customers/activity.html#{i}", i == "active")
                    for name, note, i in zip(names, notes, ids, strict=True)
                ),
                "五类门店从低到高：死账户、非活跃、活跃、忠诚、骨灰级忠诚。",
                caption="从左到右越来越稳",
                arrows=(
                    Arrow(2, 3, "连续 3 个月达标"),
                    Arrow(3, 4, "连续 12 个月达标"),
                    Arrow(2, 1, "30 天没有有效订单"),
                    Arrow(1, 0, "90 天没有有效订单"),
                    Arrow(4, 2, "断了一个月"),
                ),
                accent="activity",
            ),
            Heading(
                "怎么判断",
                "rules",
                icon="scale-balance",
                why=line("每家店只属于一类"),
                origin=Origin("scheme:activity", "classes", at("customer_types/activity", 12)),
            ),
            Map(
                ("不满 30 天", "30 天以上"),
                ("12 个月以上", "不满 12 个月"),
                (
                    Area(
                        "骨灰级", (0, 1), (0, 1), (("yes", "有3"), ("approve", "批1")), "#die-hard"
                    ),
                    Area("忠诚", (0, 1), (1, 2), (("yes", "有2"),), "#loyal"),
                    Area("非活跃", (1, 2), (0, 2)),
                ),
                "骨灰级、忠诚、非活跃，按间隔和连续达标分。",
                (Passage(1, 0, "忠诚 → 骨灰级", (("yes", "＋1"),), "#die-hard"),),
                "箭头是升降",
                "activity",
            ),
            Picture("rings", (PictureStep("近处", "1公里以内"), PictureStep("全城")), "近处、全城"),
            Shop(
                (Spot(1, "看货架", "shelf", "#die-hard"), Spot(3, "看街上", "street", "#loyal")),
                (("shelf", "货架"), ("street", "街上")),
                "一家店",
                "数字是第几条",
                "activity",
            ),
            Table(
                ("类型", "距上次有效订单", "连续达标", "当面怎么称呼"),
                tuple(
                    Row(
                        (
                            Cell(((Link(name, f"customers/activity/{'active'}.html"),),)),
                            Cell((line(idle),)),
                            Cell((line(streak),) if streak else ()),
                            Cell((line(call),)),
                        ),
                        anchor=i,
                        origin=Origin(
                            f"class:activity/{i}", None, at("customer_types/activity", 13 + n), True
                        ),
                        accent="activity",
                    )
                    for n, (i, name, idle, streak, call) in enumerate(
                        zip(
                            ids,
                            names,
                            (
                                "90 天以上",
                                "30 天以上、不满 90 天",
                                "不满 30 天",
                                "不满 30 天",
                                "不满 30 天",
                            ),
                            ("", "", "不满 3 个月", "3 到 11 个月", "12 个月以上"),
                            ("老朋友", "合作门店", "合作门店", "伙伴门店", "核心伙伴"),
                            strict=True,
                        )
                    )
                ),
            ),
            Heading("例外", "exceptions"),
            Bullets(
                lines(
                    "没有首单的，从登记日起算天数；新登记 30 天内是观察期",
                    "装修、淡季、停业已报备的，天数暂停计算",
                )
            ),
            Folded("依据", (Paragraph(line("天数是本公司定的，参见参数表。")),), "basis"),
        ),
    )


def class_guide() -> Page:
    guide = "class:activity/active"
    file = "guides/activity/active"

    def own(part: str, number: int) -> Origin:
        return Origin(guide, part, at(file, number), True)

    return Page(
        address="customers/activity/active.html",
        title="活跃客户",
        kind="class",
        section="customers",
        entity=guide,
        accent="activity",
        icon="repeat",
        badges=("活跃类型", "当面称呼：合作门店"),
        trail=(
            Crumb("认客户", "customers/activity.html"),
            Crumb("活跃类型", "customers/activity.html"),
        ),
        before=Crumb("非活跃客户", "customers/activity.html#inactive"),
        after=Crumb("忠诚客户", "customers/activity.html#loyal"),
        source=at(file, 1),
        effective_from="2026-12-01",
        reviewed="2026-11-02",
        owner="销售运营部",
        holds=frozenset({f"{guide}#{p}" for p in ("goal", "do", "dont", "signs")}),
        blocks=(
            Lead(
                (
                    Text("让他习惯找我们订：先说上次答应的事，再谈这次补什么。停满 "),
                    Value("90 天", "parameters.html#dead-after"),
                    Text("就成了死账户。"),
                ),
                own("goal", 2),
            ),
            Heading("现在做什么", "now", icon="clock-outline", why=line("节奏：整套活跃类型")),
            Facts(
                (
                    Fact(
                        "上门",
                        (line("每月至少 1 次"),),
                        Origin("rhythm:active-visit", None, at("rhythms", 8)),
                    ),
                    Fact("联系", (line("每 10 天 1 次，群发不算"),)),
                    Fact("查记录", (line("主管每月看一次"), line("看答应的事有没有回音"))),
                )
            ),
            Heading("待遇", "measures", level=3),
            Cards(
                (
                    Card(
                        "市场经理电话回访",
                        text=line("电话"),
                        mark="yes",
                        why=line("待遇表"),
                        origin=Origin("measure:sales-call", None, at("measures/sales", 4)),
                    ),
                    Card(
                        "新品试用装", text=line("每季一次"), mark="approve", why=line("区域主管批")
                    ),
                    Card("积分豪礼", text=line("国有单位不发给个人"), mark="stopped"),
                    Card("技师研讨会", mark="yes"),
                ),
                small=True,
            ),
            Heading("怎么说", "say", icon="forum"),
            Cards(
                (
                    Card(
                        "客户说“不想做了”",
                        "scripts/says-will-stop.html",
                        line("听出真正的原因，只给一个补救办法。"),
                        ("上门", "电话"),
                        why=line("适用：非活跃到骨灰级"),
                        icon="forum",
                    ),
                    Card(
                        "补货提醒",
                        "scripts/restock.html",
                        line("断货前三天发。"),
                        ("短信",),
                        icon="message-text",
                    ),
                )
            ),
            Heading("查什么", "check", icon="clipboard-check"),
            Cards(
                (
                    Card(
                        "离店前自查",
                        "checklists/leave-shop.html",
                        line("出店门前一分钟"),
                        ("4 项",),
                        icon="clipboard-check",
                    ),
                )
            ),
            Heading("苗头", "signs", icon="eye", origin=own("signs", 4)),
            Bullets(lines("两次补货间隔拉长", "开始问别家的价"), "signs"),
            Heading("该做", "do", icon="check-circle", origin=own("do", 7)),
            Bullets(lines("先说上次答应的事办到哪了", "只谈跟他生意有关的一件事"), "do"),
            Heading("别做什么", "dont", icon="close-circle", origin=own("dont", 10)),
            Bullets(lines("把别的店的待遇说成他也有", "当场答应退款和补货"), "dont"),
            Heading("升降", "moves", icon="swap-vertical"),
            Steps(
                (
                    Step(
                        line("连续 3 个月达标，下月 1 日起"),
                        "升为忠诚客户",
                        (
                            Fact("怎么办", (line("先看升级对照，再告诉他"),)),
                            Fact("谁", (line("市场经理"),)),
                        ),
                        "changes/active-loyal.html",
                    ),
                    Step(line("30 天没有有效订单"), "降为非活跃客户"),
                )
            ),
            Heading("案例", "cases", icon="book-open-variant"),
            Links(
                (
                    LinkItem(
                        Link("忠诚门店走了又回来", "scripts/says-will-stop.html"),
                        line("两次缺货，改订别家"),
                    ),
                )
            ),
            Folded(
                "依据",
                (
                    Paragraph(line("S2.3 活跃客户的维护：采用。")),
                    Bullets(lines("门槛天数：本公司定", "称呼：本公司定")),
                ),
                "basis",
            ),
        ),
    )


def talk() -> Page:
    script = "script:says-will-stop"
    file = "scripts/says-will-stop"

    def part(id_: str, number: int) -> Origin:
        return Origin(script, id_, at(file, number), True)

    return Page(
        address="scripts/says-will-stop.html",
        title="客户说“不想做了”",
        kind="script",
        section="scripts",
        entity=script,
        icon="forum",
        badges=("续约与挽回", "上门", "电话"),
        lead=line("听出真正的原因，只给一个补救办法。"),
        trail=(
            Crumb("话术", "scripts/index.html"),
            Crumb("续约与挽回", "scripts/index.html#win-back"),
        ),
        source=at(file, 1),
        holds=frozenset(
            {
                script,
                f"{script}#too-little",
                f"{script}#just-tired",
                f"{script}#better",
                f"{script}#price-only",
            }
        ),
        blocks=(
            Script(
                "talk",
                (
                    (CALL, Text("，您肯直接跟我说，我先谢谢您。")),
                    line("是哪件事让您不想做了？"),
                ),
                (
                    Answer(
                        "too-little",
                        "too-little",
                        line("挣得太少，不值当"),
                        (line("上个月的单子我带着，咱俩花五分钟对一遍，看钱少在哪儿。"),),
                        line("是单量少、单价低，还是返利没到账"),
                        line("当场查；查不到的，约好哪天几点前回话。"),
                        origin=part("too-little", 13),
                    ),
                    Answer(
                        "better",
                        "better",
                        line("别家给的条件好"),
                        (line("您有比较是应该的。方便说说，他们是怎么给的吗？"),),
                        answers=(
                            Answer(
                                "price-only",
                                "price-only",
                                line("就是便宜两块"),
                                (line("两块不是小钱。咱们把送货和退换也算上，再比一比。"),),
                                then=Link("别家报价更低", "scripts/restock.html"),
                                origin=part("price-only", 30),
                            ),
                        ),
                        origin=part("better", 26),
                    ),
                    Answer(
                        "just-tired",
                        "just-tired",
                        line("没什么，就是不想弄了"),
                        (line("行，我听明白了，不勉强您。哪天想起来，打我这个电话就行。"),),
                        do=line("该退的、没兑的积分，当面算清再走。"),
                        ends=True,
                        origin=part("just-tired", 40),
                    ),
                ),
                (Text("我"), DAY, Text("前给您回话，办成办不成都告诉您。")),
            ),
            Heading("该做", "do"),
            Bullets(lines("让对方把话说完", "只给一个办法", "说清回话的日期"), "do"),
            Heading("别做", "dont"),
            Bullets(lines("求情或吓唬", "当场答应退款和补货", "说别家的坏话"), "dont"),
            Heading("回来记下", "record"),
            Bullets(lines("原话一句", "真正原因", "答应了什么，哪天前")),
            Heading("超出权限，问谁", "escalate"),
            Links(
                (LinkItem(Link("区域主管", "tel:4000000000"), line("退款：当天回话")),), big=True
            ),
        ),
    )


def message() -> Page:
    return Page(
        address="scripts/restock.html",
        title="补货提醒",
        kind="script",
        section="scripts",
        entity="script:restock",
        badges=("通知", "短信"),
        trail=(Crumb("话术", "scripts/index.html"),),
        draft=True,
        blocks=(
            Script(
                "message",
                ((CALL, Text("，您的机油库存约剩三天。要补货回个“补”，我"), DAY, Text("送到。")),),
                no_reply=line("隔一天打个电话，问一句就够。"),
            ),
            Script(
                "letter",
                (
                    (CALL, Text("：")),
                    line("您好。自下月起，您的会员等级调整为黄金卡。"),
                    line("有两项待遇会变少，我当面跟您说清楚。"),
                ),
                no_reply=line("三天内上门。"),
            ),
        ),
    )


def checklist() -> Page:
    list_ = "checklist:leave-shop"

    def item(id_: str, text: str, number: int, why: str = "", see: bool = False) -> Item:
        return Item(
            id_,
            line(text),
            line(why) if why else (),
            (Link("补货提醒", "scripts/restock.html"),) if see else (),
            Origin(list_, id_, at("checklists/leave-shop", number), True),
        )

    return Page(
        address="checklists/leave-shop.html",
        title="离店前自查",
        kind="checklist",
        section="checklists",
        entity=list_,
        icon="clipboard-check",
        badges=("一分钟自查", "4 项"),
        lead=line("出店门前一分钟。"),
        trail=(Crumb("自查", "checklists/leave-shop.html"),),
        source=at("checklists/leave-shop", 1),
        holds=frozenset(
            {list_, f"{list_}#decider", f"{list_}#problem", f"{list_}#stock", f"{list_}#promise"}
        ),
        blocks=(
            Checklist(
                "list",
                (
                    ItemGroup(
                        "all",
                        "",
                        (
                            item("decider", "见到能拍板的人了吗？没见到，问到他哪天在了吗？", 9),
                            item("problem", "问过“最近卡在哪儿”吗？", 10),
                            item("stock", "货架和库存看了吗？", 11, "缺货比价格更常丢单", True),
                            item("promise", "答应的事，写下谁办、哪天办完了吗？", 12),
                        ),
                    ),
                ),
            ),
            Heading("主管再看", "supervisor"),
            Checklist(
                "more",
                (
                    ItemGroup("car", "上车以后", (Item("log", line("一分钟记录写了吗？")),)),
                    ItemGroup(
                        "desk",
                        "回到公司",
                        (Item("debt", line("欠款的数对过了吗？"), line("月底才不吵架")),),
                    ),
                ),
            ),
        ),
    )


def matrix() -> Page:
    tiers = ("普卡", "银卡", "金卡", "白金卡", "黄金卡", "钻石卡", "VIP卡")
    measures = (
        "市场经理电话",
        "市场经理上门",
        "服务顾问电话",
        "新品试用",
        "答谢会",
        "来京参观",
        "积分豪礼",
    )
    marks = ("yes", "yes", "no", "approve", "yes", "stopped", "yes", "no")
    return Page(
        address="entitlements/sales.html",
        title="保有客户销售待遇",
        kind="matrix",
        section="entitlements",
        entity="matrix:sales",
        icon="gift",
        lead=line("一行一个等级，一列一项待遇。左右滑动。"),
        trail=(Crumb("待遇与权限", "entitlements/sales.html"),),
        blocks=(
            Table(
                ("等级", *measures),
                tuple(
                    Row(
                        (
                            Cell(((Link(tier, "customers/activity/active.html"),),)),
                            *(
                                Cell(
                                    (line("总监批"),)
                                    if marks[(n * 3 + m) % 8] == "approve"
                                    else (),
                                    marks[(n * 3 + m) % 8],  # type: ignore[arg-type]
                                )
                                for m in range(len(measures))
                            ),
                        ),
                        anchor=f"tier-{n}",
                        accent="member-tier",
                        group={0: "个人", 3: "单位"}.get(n, ""),
                    )
                    for n, tier in enumerate(tiers)
                ),
                caption="会员等级 × 待遇",
                dense=True,
                heads=tuple(
                    Cell((line(name),), anchor=f"head-{n}")
                    for n, name in enumerate(("等级", *measures))
                ),
            ),
        ),
    )


def change() -> Page:
    return Page(
        address="changes/active-loyal.html",
        title="升级对照：金卡 → 黄金卡",
        kind="change",
        section="entitlements",
        accent="member-tier",
        badges=("会员等级", "从下月 1 日起"),
        trail=(
            Crumb("待遇与权限", "entitlements/sales.html"),
            Crumb("升级对照", "entitlements/sales.html"),
        ),
        lead=line("名字升了，有两样少了：先自己看清，再跟客户说。"),
        blocks=(
            Table(
                ("待遇", "金卡", "黄金卡"),
                (
                    Row((Cell((line("答谢会"),)), Cell(mark="no"), Cell(mark="yes"))),
                    Row((Cell((line("市场经理电话"),)), Cell(mark="yes"), Cell(mark="no"))),
                    Row(
                        (
                            Cell((line("研讨会"),)),
                            Cell(mark="yes"),
                            Cell((line("区域主管"),), "approve"),
                        )
                    ),
                ),
            ),
            Callout(
                "tip",
                "已经答应他的，怎么办",
                (Paragraph((Text("答应过的"), Strong("照办到期"), Text("，写进客户记录。"))),),
            ),
            Callout("note", "", (Paragraph(line("从下月 1 日起算，不追溯。")),)),
        ),
    )


def table() -> Page:
    return Page(
        address="tables/opening-topic.html",
        title="见到谁，先说什么",
        kind="table",
        section="methods",
        entity="table:whom-you-meet",
        trail=(Crumb("方法", "methods.html"),),
        blocks=(
            Table(
                ("见到谁", "先说", "别说"),
                (
                    Row(
                        (
                            Cell((line("老板"),)),
                            Cell((line("问生意"), line("再问难处"))),
                            Cell((line("一上来报价"),)),
                        ),
                        anchor="owner",
                        origin=Origin(
                            "table:whom-you-meet", "owner", at("tables/first-visit", 9), True
                        ),
                    ),
                    Row(
                        (Cell((line("店员"),)), Cell((line("谢他招呼，问老板哪天在"),)), Cell()),
                        anchor="clerk",
                    ),
                ),
                caption="一行一种人",
            ),
        ),
    )


def methods() -> Page:
    return Page(
        address="methods.html",
        title="借力引荐",
        kind="guide",
        section="methods",
        entity="guide:borrow-strength",
        icon="lightbulb-on",
        badges=("方法",),
        trail=(Crumb("方法", "methods.html"),),
        blocks=(
            Levels(
                (
                    Step(line("成功率最低。"), "直接登门", anchor="cold"),
                    Step(line("先征得他同意再提。"), "提引荐人的名字"),
                    Step(line("先问清老板关心什么。"), "请客户透个底"),
                    Step(line("他说一句，顶你跑三趟。"), "请客户先打个电话"),
                    Step(line("一起去，当面介绍。"), "请客户陪同"),
                )
            ),
            Heading("一次会员周期", "cycle"),
            Picture(
                "stages",
                tuple(
                    PictureStep(n)
                    for n in ("普卡", "银卡", "金卡", "白金卡", "黄金卡", "钻石卡", "VIP卡")
                ),
                "七个等级依次排列。",
                accent="member-tier",
            ),
            Picture(
                "stages",
                tuple(
                    PictureStep(n, m)
                    for n, m in (
                        ("获取期", "还没订"),
                        ("提升期", "刚上手"),
                        ("成熟期", "用得顺"),
                        ("衰退期", "用得少了"),
                        ("离网期", "停了"),
                    )
                ),
                "五个时期依次排列：获取、提升、成熟、衰退、离网。",
                arrows=(
                    Arrow(3, 1, "救回来"),
                    Arrow(4, 0, "重新获取"),
                    Arrow(1, 3, "一直没用起来"),
                ),
                accent="lifecycle",
            ),
            Heading("三要素", "set"),
            Picture(
                "set",
                (
                    PictureStep("买得起", "购买能力"),
                    PictureStep("说了算", "决定权"),
                    PictureStep("用得上", "需求"),
                ),
                "三项：买得起、说了算、用得上。",
            ),
            Heading("时间怎么分", "time"),
            Picture(
                "bars",
                (
                    PictureStep("成交A"),
                    PictureStep("成交B"),
                    PictureStep("成交C 与 成交D"),
                    PictureStep("开新"),
                ),
                "每月天数：成交A 8 天，成交B 6 天，成交C 与 D 2.5 天，开新 4 天。",
                values=(8, 6, 2.5, 4),
                unit="天",
            ),
            Heading("长一点的说明", "prose"),
            Markdown(
                "<p>引荐是<em>借</em>来的信任，<strong>用一次还一次</strong>。见"
                '<a href="scripts/restock.html">补货提醒</a>。</p>'
                "<ul><li>先问，再提名字</li><li>事后回话</li></ul><blockquote><p>先办成一件小事。</p></blockquote>"
            ),
            Callout(
                "legal",
                "本页是工作提醒，不是法律意见",
                (Paragraph(line("以现行法律和公司法务意见为准。")),),
            ),
            Callout("missing", "原文缺失", (Paragraph(line("这一格原文没有，由我们补上。")),)),
            Callout("draft", "草稿", (Paragraph(line("还没有发布。")),)),
            Folded("行业对照", (Paragraph(line("电信行业叫“客户经理”。")),)),
            Heading("考考自己", "test"),
            Question(
                "first-words",
                (Text("对方说"), Strong("先放着"), Text("，先做什么？")),
                (
                    Choice("listen", line("问他在忙什么"), True, line("先弄清他为什么没空。")),
                    Choice("press", line("再报一次价"), False, line("没听就报价，等于没听。")),
                    Choice("leave", line("约好下次再来"), True, line("有时间才有下一步。")),
                ),
                (Link("站在店门口", "moments/at-the-door.html"),),
                3,
            ),
            Signature(("练习人", "主管", "日期")),
            *guide_blocks(),
        ),
    )


def guide_blocks() -> tuple[Block, ...]:
    """What only class guides and moves have."""
    why = Chip("外地旅游", "methods.html", line("国有单位不安排"), then="no")
    return (
        Part(
            "first",
            (
                Lead(line("人顾不过来车了，帮他把车管起来。"), anchor="goal"),
                Bullets(lines("先说上次答应的事办到哪了"), style="now"),
                Say(
                    ((CALL, Text("，车跑得怎么样？")),),
                    Link("上门", "scripts/index.html"),
                    line("对金卡"),
                ),
                Bullets(lines("许他这一级没有的"), style="red-line"),
                Tally((Count("stopped", "−2", "没有了"), Count("yes", "＋3", "新有的"))),
            ),
        ),
        Chips(
            (
                Marked(
                    "yes",
                    (Chip("上门", "methods.html"), Chip("电话", "methods.html", then="approve")),
                ),
                Marked("stopped", (why, Chip("积分", "methods.html", note=why.note, then="yes"))),
                Marked("no", (Chip("热线", "methods.html", then="stopped"),)),
            ),
            "黄金卡",
            (Link("销售待遇", "methods.html"),),
        ),
        Year(
            (
                Beat(Link("上门", "methods.html"), line("每季 · 市场经理"), 4),
                Beat(Link("谈续约", "methods.html"), line("到期前")),
            )
        ),
        Links(
            (
                LinkItem(
                    Link("→ 黄金卡", "methods.html"),
                    line("注册成公司"),
                    balance=Balance(3, 1, 1, 2),
                ),
                LinkItem(Link("→ 银卡", "methods.html"), balance=Balance()),
            ),
            rows=True,
        ),
        Part(
            "beside",
            (
                Links(
                    (LinkItem(Link("老客户", "methods.html")),),
                    line=True,
                    label="案例：",
                    anchor="cases",
                ),
                Folded(
                    "话术", (Paragraph(line("还有")),), "say-more", count=3, hint="请他介绍一位"
                ),
            ),
        ),
    )


def script_index() -> Page:
    kinds = (("active", "活跃客户"), ("loyal", "忠诚客户"), ("dead", "死账户"))
    many = tuple((f"class-{n}", f"第 {n} 类") for n in range(1, 9))
    return Page(
        address="scripts/index.html",
        title="话术",
        kind="index",
        section="scripts",
        icon="forum",
        lead=line("按场合找，或先筛一筛。"),
        in_nav=True,
        blocks=(
            Index(
                (
                    (
                        "win-back",
                        "续约与挽回",
                        (
                            Entry(
                                "客户说“不想做了”",
                                "scripts/says-will-stop.html",
                                line("退了吧 · 没意思 · 以后不订了"),
                                ("上门", "电话"),
                                (
                                    ("class", ("active", "loyal")),
                                    ("form", ("talk",)),
                                    ("kind", ("class-1", "class-2")),
                                ),
                            ),
                            Entry(
                                "唤醒死账户",
                                "scripts/says-will-stop.html",
                                line("九十天没见单了"),
                                ("上门",),
                                (("class", ("dead",)), ("form", ("talk",)), ("kind", ("class-3",))),
                                accent="activity",
                            ),
                        ),
                    ),
                    (
                        "notice",
                        "通知",
                        (
                            Entry(
                                "补货提醒",
                                "scripts/restock.html",
                                line("断货前三天发"),
                                ("短信",),
                                (
                                    ("class", ("active", "loyal")),
                                    ("form", ("message",)),
                                    ("kind", ("class-8",)),
                                ),
                            ),
                        ),
                    ),
                ),
                (
                    Filter("class", "客户", kinds),
                    Filter("form", "形式", (("talk", "谈话"), ("message", "短信"))),
                    Filter("kind", "类别", many),
                ),
            ),
        ),
    )


def parameters() -> Page:
    return Page(
        address="parameters.html",
        title="参数与城市差异",
        kind="index",
        section="editors",
        trail=(Crumb("编辑者", "parameters.html"),),
        blocks=(
            Facts(
                (
                    Fact(
                        "死账户门槛",
                        (line("90 天"),),
                        Origin("param:dead-after", None, at("parameters", 3), True),
                        "dead-after",
                    ),
                    Fact(
                        "合规电话",
                        (line("400-000-0001"),),
                        Origin("param:compliance", None, at("parameters", 9), True),
                        "compliance",
                    ),
                )
            ),
        ),
    )


def demo_site() -> Site:
    """Return the demo handbook."""
    return Site(
        name="远桥客户维护宝典",
        company="远桥商用车服务（虚构）",
        notice="示例手册，公司、人物、数字均为虚构。",
        language="zh-CN",
        version="2026.11",
        effective_from="2026-12-01",
        owner="销售运营部",
        pages=(
            home(),
            moment(),
            scheme(),
            class_guide(),
            talk(),
            message(),
            checklist(),
            matrix(),
            change(),
            table(),
            methods(),
            script_index(),
            parameters(),
        ),
        navigation=(
            NavSection("home", "首页", "home", "index.html", in_bar=True),
            NavSection(
                "moments", "场景", "map-marker-path", "moments/at-the-door.html", in_bar=True
            ),
            NavSection(
                "customers", "客户", "account-group", "customers/activity.html", in_bar=True
            ),
            NavSection("scripts", "话术", "forum", "scripts/index.html", in_bar=True),
            NavSection(
                "checklists", "自查", "clipboard-check", "checklists/leave-shop.html", in_bar=True
            ),
            NavSection("entitlements", "待遇与权限", "gift", "entitlements/sales.html"),
            NavSection(
                "methods",
                "方法",
                "lightbulb-on",
                "methods.html",
                (Crumb("见到谁，先说什么", "tables/opening-topic.html"),),
            ),
            NavSection("editors", "编辑者", "pencil-ruler", "parameters.html"),
        ),
        accents=(("closing", 0), ("activity", 1), ("member-tier", 2), ("lifecycle", 3)),
    )
