"""Who invests where in Chinese: clauses in which firms, a verb that builds and a place come together."""

from __future__ import annotations

import re

from kg.read.coded import Coded, Item
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import (
    FIRM,
    FIRM_SIGN,
    MONEY,
    MONEY_SIGN,
    PLACE_SIGN,
    Clause,
    amount_of,
    is_doubtful,
    span_of,
    words,
)
from kg.read.languages.zh.ledger import Ledger
from kg.read.languages.zh.projects import Project, Projects
from kg.read.languages.zh.sheets import Sheets
from kg.read.languages.zh.words import words_of

_SCENE = 2
"""Sentences for which the place where one plays counts."""

_OF_PLANTS = frozenset(["stage", "plant there", "works", "nominal", "used for", "approved", "stands"])
"""Expressions that find nothing in a clause without a plant or the like."""
_OF_FIRMS = frozenset(["welcomes", "relative", "settled by", "lands"])
"""Expressions that find nothing in a clause that names no firm."""
_RULES = (
    *("raises", "taken over", "branch"),
    *("at", "toward", "settle", "stage", "welcomes", "relative", "settled by", "buys", "land", "plant there"),
    *("works", "takes", "nominal", "used for", "approved", "ceremony", "stands", "lands"),
)
"""The expressions that tell of an investment in a clause with a place, in the order in which they are tried."""


_NO_SITE = re.compile("的?(?:本土|市场|消费|客户|用户|出口|订单|选民|国会|政府|目标)")
"""What of a place is aimed at or chosen without anything being put there."""
_LOOSE = frozenset(
    (
        *("看准", "认准", "盯上", "迈到", "迈进", "伸到", "伸进", "伸向", "打到", "押在", "押宝"),
        *("瞄准", "锁定", "看上", "选择", "看中", "选定", "布局", "登陆", "进军", "位于", "投资", "落地", "选址"),
    )
)
"""Verbs before a place that need a plant or the like beside them."""


class Investments:
    """The investments of a report, found clause by clause."""

    def __init__(self, actors: Actors) -> None:
        self.words = words()
        self.actors = actors
        self.ledger = Ledger()
        self._paragraph = -1
        self._scene: tuple[Item, int] | None = None
        """The place where the sentences before play, and for how many more it counts."""
        self._about = ""
        """The place of which the sentence before says no more than that it is spoken of now."""
        self.projects = Projects(actors, self.ledger, self._investors)
        self.sheets = Sheets(self.ledger, self._investors)

    def paragraph(self, number: int) -> None:
        """The next sentence stands in this paragraph: another one has another scene."""
        if number != self._paragraph:
            self._paragraph = number
            self._scene, self._about = None, ""
            self.projects.scene, self.projects.is_topical = "", False
            self.projects.guess()

    def pass_by(self, text: str) -> None:
        """A sentence without any name or number has passed: it may ask for the sum, or undo what labels told."""
        self.sheets.pass_by(text)
        if self.words["asks sum"].search(text):
            self.projects.ask()
        else:
            self.projects.wait()

    def _set_scene(self, coded: Coded, clauses: list[Clause]) -> None:
        """Keep the place where a sentence plays, for the next one or two of its paragraph."""
        for clause in clauses:
            match = None if self.words["meets"].search(clause.text) else self.words["scene"].search(clause.text)
            if match is not None:
                self._scene = (coded.item(PLACE_SIGN.findall(match[match.lastgroup or 0])[-1]), _SCENE)
                return
        if self._scene is not None:
            self._scene = (self._scene[0], self._scene[1] - 1) if self._scene[1] > 1 else None

    def sentence(self, coded: Coded, clauses: list[Clause]) -> None:
        """Find what a sentence tells, and what it adds to or takes from the investments before it."""
        found = self.ledger.found
        if self.sheets.read(coded, clauses):
            self.projects.focus = Project(left=0)
            return
        before, focus = len(found), self.projects.focus
        for number in range(len(clauses)):
            self._invest(coded, clauses, number)
        if len(found) == before:
            self._spend_there(coded, clauses)
        has_plant = len(found) == before and self.words["plant"].search(coded.text) is not None
        site = self._elsewhere(coded, clauses) if has_plant else ("", 0)
        for number in range(len(clauses)) if len(found) > before else ():
            self._join(coded, clauses, number)
        if len(found) > before:
            self.projects.begin(coded, clauses, before)
        elif self.words["taken back"].search(coded.text):
            self.projects.take_back()
        else:
            self.projects.go_on(coded, clauses, site if site[0] else self._site_of(coded, clauses), has_plant)
        self.projects.share_out(coded, clauses, focus)
        self._set_scene(coded, clauses)
        about = self.words["about"].match(clauses[0].text) if len(clauses) == 1 else None
        self._about = next(iter([*self.ledger.each_place(coded, about["places"])][-1:]), "") if about else ""
        self.projects.scene = self._scene[0].thing.name if self._scene is not None else ""

    def _invest(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        text = clauses[number].text
        done: set[int] = set()
        if not PLACE_SIGN.search(text):
            return
        self._arrivals(coded, clauses, number)
        has_plant = self.words["plant"].search(text) is not None
        has_firm = FIRM_SIGN.search(text) is not None
        for name in _RULES:
            if (name in _OF_PLANTS and not has_plant) or (name in _OF_FIRMS and not has_firm):
                continue
            pattern = self.words[name]
            match = pattern.search(text)
            while match is not None:
                group = "places2" if "places2" in pattern.groupindex and match["places2"] else "places"
                firms = self._acting(coded, clauses, number, name, match) if match.start(group) not in done else []
                further = pattern.search(text, match.end() if firms else match.start() + 1)
                if firms:
                    done.add(match.start(group))
                    is_one = len(done) == 1 and further is None
                    own = "" if is_one else text[match.start() : further.start() if further else len(text)]
                    if name == "raises":
                        self._raise(coded, clauses, number, firms, match[group])
                    else:
                        self.ledger.put(coded, clauses, number, firms, match[group], name, own)
                match = further

    def _spend_there(self, coded: Coded, clauses: list[Clause]) -> None:
        """A firm that spends money, in the sentence after one that only says which place is spoken of."""
        is_placed = any(PLACE_SIGN.search(self.words["from"].sub("", clause.text)) for clause in clauses)
        is_told = self._about and self._about not in words_of().countries and not is_placed
        for number, clause in enumerate(clauses) if is_told else ():
            match = self.words["puts in"].search(clause.text)
            if match is None or is_doubtful(clauses, number, clause.text[: match.end()]):
                continue
            firms = self._investors(self.actors.subject(coded, clauses, number, clause.text[: match.start()]))
            self.ledger.put_at(coded, clauses, number, firms, self._about, "spoken-of")

    def _raise(self, coded: Coded, clauses: list[Clause], number: int, firms: list[str], places: str) -> None:
        """A firm that raises the capital of what it has in a place; the sum is what is added."""
        added = next(filter(None, (self.words["added"].search(one.text) for one in clauses[number:])), None)
        amount = amount_of(coded, added["money"]) if added is not None else None
        for place in self.ledger.each_place(coded, places):
            self.ledger.put_at(coded, clauses, number, firms, place, "raises", amount, True)

    def _acting(self, coded: Coded, clauses: list[Clause], number: int, name: str, match: re.Match[str]) -> list[str]:
        """The investors of what an expression has found in a clause; none where it tells no investment."""
        text = clauses[number].text
        if not self._is_invested(name, match, text, clauses, number):
            return []
        before = match.groupdict().get("firm") or text[: match.start()]
        if name == "stands":
            before = text[: max(match.start("verb"), match.start("verb2"))]
        firms = self.actors.subject(coded, clauses, number, before)
        if name == "at":
            firms = self._with_partners(coded, firms, match["middle"])
        firms = self._investors(firms)
        end = match.end("verb") if match["verb"] else match.end()
        return [] if is_doubtful(clauses, number, text[:end]) else firms

    def _arrivals(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """Firms that are listed after the place that they have come to."""
        among = self.words["among"].search(clauses[number].text)
        if among is not None and number + 1 < len(clauses) and not is_doubtful(clauses, number + 1, among[0]):
            firms = self._investors(list(self.actors.subject_firms(coded, clauses[number + 1].text)))
            self.ledger.put(coded, clauses, number + 1, firms, among["places"], "arrival")
            return
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
            self.ledger.put(coded, clauses, number, firms, places, "arrival")

    def _elsewhere(self, coded: Coded, clauses: list[Clause]) -> tuple[str, int]:
        """A plant that a clause without a place tells of, after one that says where.

        Where nobody is said to build it: its place, and the clause.
        """
        bare = ("", 0)
        for number, clause in enumerate(clauses):
            if PLACE_SIGN.search(clause.text):
                continue
            match = self.words["builds"].search(clause.text) if self.words["plant"].search(clause.text) else None
            if match is None or is_doubtful(clauses, number, clause.text[: match.end()]):
                continue
            settings = (self.words["setting"].search(one.text) for one in reversed(clauses[:number]))
            setting = next((one for one in settings if one is not None), None)
            place = (
                (setting["places"] or setting["here"]) if setting is not None else self._seat(coded, clauses[:number])
            )
            is_placed = any(PLACE_SIGN.search(one.text) for one in clauses)
            if not place and self._scene is not None and not (is_placed or self.words["told of"].search(coded.text)):
                place = coded.add(self._scene[0])
            if not place:
                continue
            firms = self._investors(self.actors.subject(coded, clauses, number, clause.text[: match.start()]))
            if firms:
                self.ledger.put(coded, clauses, number, firms, place, "elsewhere")
            elif setting is not None and not bare[0]:
                bare = (next(iter([*self.ledger.each_place(coded, place)][-1:]), ""), number)
        return bare

    def _seat(self, coded: Coded, clauses: list[Clause]) -> str:
        """A character for the place of the government with which a firm signs, or which lets it build."""
        for clause in clauses:
            if self.words["lets build"].search(clause.text):
                for sign in FIRM_SIGN.findall(clause.text):
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
        here = [one for one in self.ledger.found if one.start >= coded.start]
        if not here or name in {one.parties[0] for one in here} or not self._investors([name]):
            return
        start, end = span_of(coded, clauses[number])
        amount = amount_of(coded, match[2])
        self.ledger.found.append(Found(start, end, (name,), here[-1].place, amount, "zh-invests-too", (start, end)))

    def _with_partners(self, coded: Coded, firms: list[str], middle: str) -> list[str]:
        found = re.search(rf"[与和同跟联]{FIRM}|[与和同跟联合手]{{1,2}}[^，]{{0,10}}{FIRM}", middle)
        return list(dict.fromkeys([*firms, *self.actors.group(coded, middle)])) if found else firms

    def _site_of(self, coded: Coded, clauses: list[Clause]) -> tuple[str, int]:
        """The most specific place into which a sentence puts a plant or the like, and the clause that does so."""
        placed = [(number, clause) for number, clause in enumerate(clauses) if PLACE_SIGN.search(clause.text)]
        for name in ("at", "settle", "stage", "there", "granted", "site") if placed else ():
            for number, clause in placed:
                match = self.words[name].search(clause.text)
                if match is None or is_doubtful(clauses, number, clause.text[: match.end()]):
                    continue
                if name not in ("at", "settle") or self._is_invested(name, match, clause.text, clauses, number):
                    return next(iter([*self.ledger.each_place(coded, match["places"])][-1:]), ""), number
        return "", 0

    def _is(self, verb: str, kind: str) -> bool:
        return self.words[kind].fullmatch(verb) is not None

    def _is_invested(self, name: str, match: re.Match[str], text: str, clauses: list[Clause], number: int) -> bool:
        if name == "stands":
            rest = clauses[number + 1 : number + 3]
            return any(self.words["spent"].search(one.text) for one in rest)
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
            return MONEY_SIGN.search(text) is not None
        if name == "settle" and self.words["seat"].search(text[: match.end("verb")]):
            return False
        if name == "settle":
            return self._is_settled(match, clauses, number)
        if name == "land":
            return any(re.search("建|投资|设", clause.text) for clause in clauses[number:])
        if name == "toward":
            return MONEY_SIGN.search(text) is not None or has_facility
        return True

    def _is_built(self, match: re.Match[str], text: str, clauses: list[Clause], number: int) -> bool:
        """Whether a verb after a place says that something is put there."""
        verb, after = match["verb"], text[match.end("verb") :]
        has_facility = self.words["plant"].search(after) is not None
        is_paid = any(self.words["spent"].search(one.text) for one in clauses[number + 1 : number + 3])
        if self.words["settle"].match(text, match.start("verb")) is not None and not after.startswith("、"):
            return not after and is_paid
        if self._is(verb, "bought") and not re.match(
            rf"了?[^，{FIRM[1:-1]}]{{0,14}}(?:厂|地|项目|楼|店|矿|站|码头|港|仓)", after
        ):
            return False
        if self._is(verb, "won") and re.search("订单|合同|合约|标案|大单", after):
            return False
        if self._is(verb, "won") and not re.match(
            rf"了?[^，{FIRM[1:-1]}]{{0,16}}?(?:{self.words['ground'].pattern})", after
        ):
            return False
        if verb in ("开", "建", "设", "办", "盖") and not re.match(
            rf"[一两二三四五六七八九十个座家条间所第新起了厂有]|\W|[^，]{{1,14}}(?:{self.words['plant'].pattern})(?=$|[，、及和与])",
            after,
        ):
            return False
        around = text[: match.start()] + match["middle"] + after
        if self.words["invest"].fullmatch(verb):
            if self._is(verb, "opened"):
                before = clauses[number - 1].text if number else ""
                return (not after and is_paid) or self.words["plant"].search(before + around) is not None
            if self._is(verb, "paid"):
                return MONEY_SIGN.search(around) is not None or has_facility
            if self.words["not there"].match(after):
                return False
            return not after.startswith(("者", "环境", "政策", "审查", "协定", "论坛", "推介", "说明会", "促进"))
        has_facility = has_facility or bool(re.match(f"了?{FIRM}", after))
        has_facility = has_facility or (
            self._is(verb, "grown") and self.words["plant"].search(match["middle"]) is not None
        )
        if self.words["one more"].match(after):
            has_facility = any(self.words["plant"].search(one.text) for one in clauses[:number])
        return has_facility and not re.match(r"[^，]{0,6}(?:仪式|论坛|发布会|会议|活动|展位|展台|专区)", after)

    def _is_settled(self, match: re.Match[str], clauses: list[Clause], number: int) -> bool:
        """Whether a verb before a place says that a firm comes there."""
        verb = match["verb"]
        if _NO_SITE.match(match.string, match.end()):
            return False
        if verb in _LOOSE:
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
            is_plant = re.search("投资|厂|基地|中心|总部|仓|店|线|项目|落户|建|[首一]站|据点", context)
            return is_plant is not None or self.words["plant"].search(context) is not None
        return True

    def _investors(self, firms: list[str]) -> list[str]:
        return [firm for firm in firms if not self.words["no investor"].search(self.words.known.fold(firm))]
