"""Who invests where in Chinese: clauses in which firms, a verb that builds and a place come together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import FIRM, MONEY, PLACE, Clause, amount_of, is_doubtful, span_of, words
from kg.read.languages.zh.sums import late_sum, shares, spent, told_later

_OPENED = frozenset(
    [
        "投产",
        "落成",
        "奠基",
        "动工",
        "动土",
        "开工",
        "开建",
        "破土",
        "揭牌",
        "挂牌",
        "开业",
        "开张",
        "开幕",
        "开门迎客",
        "迎客",
        "启用",
        "投用",
        "竣工",
        "封顶",
        "投运",
        "落地",
        "投入使用",
        "投入运营",
        "投入营运",
        "投入生产",
        "投入运作",
        "试产",
        "试运行",
        "量产",
        "正式运营",
        "交付使用",
        "点火",
        "并网",
        "通水",
        "试营业",
        "开门营业",
        "落成启用",
    ]
)
"""Verbs that are an investment only where they speak of a plant or the like."""
_PAID = frozenset(["投入", "出资", "投放", "加码", "耗资", "砸", "注入", "掷"])
"""Verbs that are an investment only with a sum, or before a plant or the like."""
_BOUGHT = frozenset(["收购", "购买", "购得", "入股", "参股", "控股", "购入", "买下", "接手", "拍得", "竞得", "买入"])
"""Verbs of buying: a firm that is bought is no investment in a place, a plant there is."""
_WON = frozenset(["取得", "获得", "拿下", "拍下", "摘得", "摘下", "投得", "圈下"])
"""Verbs of getting: land and buildings are an investment, orders and prizes are none."""
_GROWN = frozenset(["扩大", "扩建", "扩充", "升级", "改造", "翻建", "扩展", "重建"])
"""Verbs whose plant may stand before them."""

_PLACE = re.compile(PLACE)


class Investments:
    """The investments of a report, found clause by clause."""

    def __init__(self, actors: Actors) -> None:
        self.words = words()
        self.actors = actors
        self.found: list[Found] = []
        self.open: list[int] = []
        """Investments of the sentence before whose sum may follow, by their place in `found`."""
        self.site: tuple[str, int] = ("", 0)
        """The place of the last plant without an owner, and for how many sentences it counts."""
        self._above: dict[str, set[str]] = {}

    def sentence(self, coded: Coded, clauses: list[Clause]) -> None:
        """Find what a sentence tells, and what it adds to or takes from the investments before it."""
        before = len(self.found)
        for number in range(len(clauses)):
            self._invest(coded, clauses, number)
        if len(self.found) == before:
            self._elsewhere(coded, clauses)
        self._by(coded, clauses, before)
        for number in range(len(clauses)) if len(self.found) > before else ():
            self._join(coded, clauses, number)
        if before == len(self.found) and self.words["taken back"].search(coded.text):
            self._take_back()
            before = len(self.found)
        self._add_sums(coded, clauses, before)
        self.open = list(range(before, len(self.found)))

    def _add_sums(self, coded: Coded, clauses: list[Clause], before: int) -> None:
        """Sums for investments told before this sentence, then for those told in it."""
        told_later(coded, clauses, self.found, before, self.actors)
        new = range(before, len(self.found))
        if not new:
            late_sum(coded, clauses, self.found, self.open)
        fresh = [number for number in new or self.open if self.found[number].amount is None]
        if fresh:
            shares(coded, clauses, self.found, fresh)

    def close(self) -> None:
        """Let no later sentence add to what has been found."""
        self.open = []

    def _invest(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        text = clauses[number].text
        done: set[int] = set()
        self._arrivals(coded, clauses, number)
        if not _PLACE.search(text):
            return
        for name, pattern in (
            ("at", self.words["at"]),
            ("toward", self.words["toward"]),
            ("settle", self.words["settle"]),
            ("stage", self.words["stage"]),
            ("welcomes", self.words["welcomes"]),
            ("relative", self.words["relative"]),
            ("settled by", self.words["settled by"]),
            ("buys", self.words["buys"]),
            ("land", self.words["land"]),
            ("plant there", self.words["plant there"]),
            ("works", self.words["works"]),
            ("takes", self.words["takes"]),
            ("nominal", self.words["nominal"]),
            ("used for", self.words["used for"]),
            ("approved", self.words["approved"]),
        ):
            match = pattern.search(text)
            while match is not None:
                firms = self._acting(coded, clauses, number, name, match) if match.start("places") not in done else []
                if firms:
                    done.add(match.start("places"))
                    self._put(coded, clauses, number, firms, match["places"], name)
                match = pattern.search(text, match.end() if firms else match.start() + 1)

    def _acting(self, coded: Coded, clauses: list[Clause], number: int, name: str, match: re.Match[str]) -> list[str]:
        """The investors of what an expression has found in a clause; none where it tells no investment."""
        text = clauses[number].text
        if not self._is_invested(name, match, text, clauses, number):
            return []
        before = match.groupdict().get("firm") or text[: match.start()]
        firms = self.actors.subject(coded, clauses, number, before)
        if name == "at":
            firms = self._with_partners(coded, firms, match["middle"])
        firms = self._investors(firms)
        return [] if is_doubtful(clauses, number, text[: match.end("verb")]) else firms

    def _arrivals(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """Firms that are listed after the place that they have come to."""
        match = self.words["arrive"].search(clauses[number].text)
        if match is None or number + 1 >= len(clauses) or is_doubtful(clauses, number, match[0]):
            return
        places = match["places"] or match["here"]
        listed = clauses[number + 1].text
        is_announced = re.search(
            "(?:有|为|是|包括|分别[是为]|如下)(?:[一二两三四五六七八九十几]家)?$", clauses[number].text
        )
        if match["places"] and not (is_announced or re.match("还有|有|包括|还包括|是|另有|也有|分别[是为]", listed)):
            return
        firms = self._investors(self.actors.group(coded, listed))
        if firms:
            self._put(coded, clauses, number, firms, places, "arrival")

    def _elsewhere(self, coded: Coded, clauses: list[Clause]) -> None:
        """A plant that a clause without a place tells of, after one that says where."""
        for number, clause in enumerate(clauses):
            if _PLACE.search(clause.text):
                continue
            match = self.words["builds"].search(clause.text)
            if match is None or is_doubtful(clauses, number, match[0]):
                continue
            settings = (self.words["setting"].search(one.text) for one in reversed(clauses[:number]))
            setting = next((one for one in settings if one is not None), None)
            place = (
                (setting["places"] or setting["here"]) if setting is not None else self._seat(coded, clauses[:number])
            )
            if not place:
                continue
            firms = self._investors(self.actors.subject(coded, clauses, number, clause.text[: match.start()]))
            if firms:
                self._put(coded, clauses, number, firms, place, "elsewhere")

    def _seat(self, coded: Coded, clauses: list[Clause]) -> str:
        """A character for the place of the government with which a firm signs, or which lets it build."""
        for clause in clauses:
            if self.words["lets build"].search(clause.text):
                for sign in re.findall(FIRM, clause.text):
                    place = self.actors.seat(coded.item(sign).thing.name)
                    if place is not None:
                        return coded.add(place)
        return ""

    def _join(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """A firm that puts money into what the sentence has placed already."""
        match = self.words["joins"].match(clauses[number].text)
        if match is None or is_doubtful(clauses, number, match[0]):
            return
        name = coded.item(match[1]).thing.name
        here = [one for one in self.found if one.start >= coded.start]
        if not here or name in {one.parties[0] for one in here} or not self._investors([name]):
            return
        start, end = span_of(coded, clauses[number])
        amount = amount_of(coded, match[2])
        self.found.append(Found(start, end, (name,), here[-1].place, amount, "zh-invests-too", (start, end)))

    def _with_partners(self, coded: Coded, firms: list[str], middle: str) -> list[str]:
        found = re.search(rf"[与和同跟联]{FIRM}|[与和同跟联合手]{{1,2}}[^，]{{0,10}}{FIRM}", middle)
        return list(dict.fromkeys([*firms, *self.actors.group(coded, middle)])) if found else firms

    def _by(self, coded: Coded, clauses: list[Clause], before: int) -> None:
        """What firms build by a clause without a place: where its sentence, or one before, puts a plant."""
        is_new = len(self.found) > before
        here = "" if is_new else self._site_of(coded, clauses)
        for number, clause in enumerate(clauses) if not is_new and (here or self.site[1]) else ():
            match = self.words["by"].search(clause.text)
            is_by = match is not None and self.words["by whom"].search(
                match["rest"] or clause.text[: match.end("firms")]
            )
            own = self.words["ours"].match(clause.text)
            if here and self.words["it invests"].match(clause.text):
                firms = self._investors(self.actors.subject(coded, clauses, number, clause.text))
                if firms and not is_doubtful(clauses, number, clause.text):
                    self._put_at(coded, clauses, number, firms[:1], here, "by")
                    continue
            if not (is_by or own):
                continue
            signs = match["firms"] if match is not None and is_by else own[1] if own is not None else ""
            firms = self._investors(self.actors.group(coded, signs))
            end = match.end() if match is not None and is_by else own.end() if own is not None else 0
            if firms and not is_doubtful(clauses, number, clause.text[:end]) and (is_by or here):
                self._put_at(coded, clauses, number, firms, here or self.site[0], "by")
        if len(self.found) == before and here:
            self.site = (here, 3)
        else:
            self.site = (self.site[0], max(0, self.site[1] - 1))

    def _site_of(self, coded: Coded, clauses: list[Clause]) -> str:
        """The most specific place into which a sentence puts a plant or the like."""
        placed = [(number, clause) for number, clause in enumerate(clauses) if _PLACE.search(clause.text)]
        for name in ("at", "settle", "stage", "there", "granted", "site"):
            for number, clause in placed:
                match = self.words[name].search(clause.text)
                if match is None or is_doubtful(clauses, number, clause.text[: match.end()]):
                    continue
                if name not in ("at", "settle") or self._is_invested(name, match, clause.text, clauses, number):
                    return next(iter([*self._each_place(coded, match["places"])][-1:]), "")
        return ""

    def _is_invested(self, name: str, match: re.Match[str], text: str, clauses: list[Clause], number: int) -> bool:
        verb = match["verb"]
        after = text[match.end("verb") :] if name != "settle" else text[match.end() :]
        has_facility = self.words["plant"].search(after) is not None
        if name == "stage":
            return True
        if name == "at":
            return self._is_built(match, text, clauses, number)
        if name == "works":
            return self.words["at"].search(text) is None
        if name == "settle" and re.search("合同|合约|租约|协议|协定|备忘录|订单", after):
            return False
        if name == "settle" and verb == "扩建":
            return re.search(MONEY, text) is not None
        if name == "settle":
            return self._is_settled(match, clauses, number)
        if name == "land":
            return any(re.search("建|投资|设", clause.text) for clause in clauses[number:])
        if name == "toward":
            return re.search(MONEY, text) is not None or has_facility
        return True

    def _is_built(self, match: re.Match[str], text: str, clauses: list[Clause], number: int) -> bool:
        """Whether a verb after a place says that something is put there."""
        verb, after = match["verb"], text[match.end("verb") :]
        has_facility = self.words["plant"].search(after) is not None
        if self.words["settle"].match(text, match.start("verb")) is not None and not after.startswith("、"):
            return False
        if verb in _BOUGHT and not re.match(
            rf"了?[^，{FIRM[1:-1]}]{{0,14}}(?:厂|地|项目|楼|店|矿|站|码头|港|仓)", after
        ):
            return False
        if verb in _WON and re.search("订单|合同|合约|标案|大单", after):
            return False
        if verb in _WON and not re.match(rf"了?[^，{FIRM[1:-1]}]{{0,16}}?(?:{self.words['ground'].pattern})", after):
            return False
        if verb in ("开", "建", "设", "办", "盖") and not re.match(
            rf"[一两二三四五六七八九十个座家条间所第新起了厂有]|\W|[^，]{{1,14}}(?:{self.words['plant'].pattern})(?=$|[，、及和与])",
            after,
        ):
            return False
        around = text[: match.start()] + match["middle"] + after
        if self.words["invest"].fullmatch(verb):
            if verb in _OPENED:
                before = clauses[number - 1].text if number else ""
                return self.words["plant"].search(before + around) is not None
            if verb in _PAID:
                return re.search(MONEY, around) is not None or has_facility
            return not after.startswith(("者", "环境", "政策", "审查", "协定", "论坛", "推介", "说明会", "促进"))
        has_facility = has_facility or bool(re.match(f"了?{FIRM}", after))
        has_facility = has_facility or (verb in _GROWN and self.words["plant"].search(match["middle"]) is not None)
        return has_facility and not re.match(r"[^，]{0,6}(?:仪式|论坛|发布会|会议|活动|展位|展台|专区)", after)

    def _is_settled(self, match: re.Match[str], clauses: list[Clause], number: int) -> bool:
        """Whether a verb before a place says that a firm comes there."""
        verb = match["verb"]
        if verb in ("选择", "看中", "选定", "布局", "登陆", "进军", "位于", "投资", "落地", "选址"):
            if verb == "位于":
                before = match.string[: match.start()]
                is_told = re.search(rf"投资|投建|耗资|斥资|{MONEY}|新", before) or self.words["opens"].search(
                    "，".join(clause.text for clause in clauses[number + 1 : number + 3])
                )
                return is_told is not None and self.words["plant"].search(before) is not None
            if verb == "投资":
                if match.string.startswith(("方", "者", "人", "商", "额"), match.end("verb")):
                    return False
                return not match.string[: match.start()].endswith(("外商", "直接", "吸引", "在", "来", "对外"))
            context = " ".join(clause.text for clause in clauses)
            return re.search("投资|厂|基地|中心|总部|仓|店|线|项目|落户|建", context) is not None
        return True

    def _investors(self, firms: list[str]) -> list[str]:
        return [firm for firm in firms if not self.words["no investor"].search(self.words.known.fold(firm))]

    def _put(
        self,
        coded: Coded,
        clauses: list[Clause],
        number: int,
        firms: list[str],
        places: str,
        name: str,
    ) -> None:
        """Note what a clause says of firms and a chain of places; one each where it says `respectively`."""
        each = [*self._each_place(coded, places)]
        if "分别" in clauses[number].text and len(each) == len(firms) > 1:
            for firm, place in zip(firms, each, strict=True):
                self._put_at(coded, clauses, number, [firm], place, name)
            return
        for place in each:
            self._put_at(coded, clauses, number, firms, place, name)

    def _put_at(
        self, coded: Coded, clauses: list[Clause], number: int, firms: list[str], place: str, name: str
    ) -> None:
        """Note that firms invest in a place, each once."""
        start, end = span_of(coded, clauses[number])
        is_shared = len(firms) > 1 or "分别" in clauses[number].text
        is_rent = name == "takes" and re.search("租", clauses[number].text) is not None
        amount = None if is_shared or is_rent else spent(coded, clauses, number)
        if name == "by" and amount is None and not is_shared:
            amount = next((told for at in range(number) if (told := spent(coded, clauses, at))), None)
        rule = f"zh-invests-{name.replace(' ', '-')}"
        for firm in firms:
            new = Found(start, end, (firm,), place, amount, rule, (start, end))
            same = [at for at, one in enumerate(self.found) if one.parties == (firm,) and one.place == place]
            if not same:
                self.found.append(new)
            elif amount is not None and self.found[same[0]].amount is None:
                self.found[same[0]] = new

    def _each_place(self, coded: Coded, places: str) -> Iterator[str]:
        """The most specific place of each chain; a comma or `and` begins another chain."""
        for chain in re.split("[、和与及]", places):
            named = [coded.item(sign).thing.name for sign in re.findall(PLACE, chain)]
            if named:
                self._above.setdefault(named[-1], set()).update(named[:-1])
                yield named[-1]

    def _take_back(self) -> None:
        """Forget the investments of the sentence before, which this one only denies or takes back."""
        for at in sorted(self.open, reverse=True):
            del self.found[at]
        self.open = []

    def chosen(self) -> list[Found]:
        """The investments without those that name a wider place for what another places more narrowly."""
        kept = [
            one
            for one in self.found
            if not any(
                other.parties == one.parties and one.place in self._above.get(other.place, ()) for other in self.found
            )
        ]
        return sorted(kept, key=lambda one: one.start)
