"""Who invests where in Chinese: clauses in which firms, a verb that builds and a place come together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import FIRM, MONEY, PLACE, Clause, amount_of, is_doubtful, words
from kg.read.languages.zh.sums import late_sum, shares, spent, told_later

_OPENED = frozenset(
    [
        "投产",
        "落成",
        "奠基",
        "动工",
        "开工",
        "破土",
        "揭牌",
        "开业",
        "开张",
        "启用",
        "投用",
        "竣工",
        "封顶",
        "投运",
        "落地",
    ]
)
"""Verbs that are an investment only where they speak of a plant or the like."""
_PAID = frozenset(["投入", "出资", "投放", "加码", "耗资", "砸"])
"""Verbs that are an investment only with a sum, or before a plant or the like."""


class Investments:
    """The investments of a report, found clause by clause."""

    def __init__(self, actors: Actors) -> None:
        self.words = words()
        self.actors = actors
        self.found: list[Found] = []
        self.open: list[int] = []
        """Investments of the sentence before whose sum may follow, by their place in `found`."""
        self._above: dict[str, set[str]] = {}

    def sentence(self, coded: Coded, clauses: list[Clause]) -> None:
        """Find what a sentence tells, and what it adds to or takes from the investments before it."""
        before = len(self.found)
        for number in range(len(clauses)):
            self._invest(coded, clauses, number)
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
        shares(coded, clauses, self.found, fresh)

    def close(self) -> None:
        """Let no later sentence add to what has been found."""
        self.open = []

    def _invest(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        text = clauses[number].text
        done: set[int] = set()
        self._arrivals(coded, clauses, number)
        for name, pattern in (
            ("at", self.words["at"]),
            ("toward", self.words["toward"]),
            ("settle", self.words["settle"]),
            ("stage", self.words["stage"]),
            ("welcomes", self.words["welcomes"]),
        ):
            for match in pattern.finditer(text):
                if match.start("places") in done or not self._is_invested(name, match, text, clauses, number):
                    continue
                before = text[: match.start()] if name != "welcomes" else match["firm"]
                firms = self.actors.subject(coded, clauses, number, before)
                if name == "at":
                    firms = self._with_partners(coded, firms, match["middle"])
                firms = self._investors(firms)
                if not firms or is_doubtful(clauses, number, text[: match.end("verb")]):
                    continue
                done.add(match.start("places"))
                self._put(coded, clauses, number, firms, match["places"], match, name)

    def _arrivals(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """Firms that are listed after the place that they have come to."""
        match = self.words["arrive"].search(clauses[number].text)
        if match is None or number + 1 >= len(clauses) or is_doubtful(clauses, number, match[0]):
            return
        places = match["places"] or match["here"]
        listed = clauses[number + 1].text
        if match["places"] and not re.match("还有|有|包括|还包括|是|另有|也有", listed):
            return
        firms = self._investors(self.actors.group(coded, listed))
        if firms:
            self._put(coded, clauses, number, firms, places, match, "arrival")

    def _join(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """A firm that puts money into what the sentence has placed already."""
        match = self.words["joins"].match(clauses[number].text)
        if match is None or is_doubtful(clauses, number, match[0]):
            return
        name = coded.item(match[1]).thing.name
        here = [one for one in self.found if one.start >= coded.start]
        if not here or name in {one.parties[0] for one in here} or not self._investors([name]):
            return
        start, end = coded.back(clauses[number].start), coded.back(clauses[number].end)
        amount = amount_of(coded, match[2])
        self.found.append(Found(start, end, (name,), here[-1].place, amount, "zh-invests-too", 0.7, (start, end)))

    def _with_partners(self, coded: Coded, firms: list[str], middle: str) -> list[str]:
        found = re.search(rf"[与和同跟联]{FIRM}|[与和同跟联合手]{{1,2}}[^，]{{0,10}}{FIRM}", middle)
        return list(dict.fromkeys([*firms, *self.actors.group(coded, middle)])) if found else firms

    def _is_invested(self, name: str, match: re.Match[str], text: str, clauses: list[Clause], number: int) -> bool:
        verb = match["verb"]
        after = text[match.end("verb") :] if name != "settle" else text[match.end() :]
        has_facility = self.words["facility"].search(after) is not None
        if name == "at":
            if verb in ("开", "建", "设", "办", "盖") and not re.match(
                r"[一两二三四五六七八九十个座家条间所第新起了厂有]|\W", after
            ):
                return False
            around = text[: match.start()] + match["middle"] + after
            if self.words["invest"].fullmatch(verb):
                if verb in _OPENED:
                    return self.words["facility"].search(around) is not None
                if verb in _PAID:
                    return re.search(MONEY, around) is not None or has_facility
                return not after.startswith(("者", "环境", "政策", "审查", "协定", "论坛", "推介", "说明会", "促进"))
            return has_facility and not re.match(r"[^，]{0,6}(?:仪式|论坛|发布会|会议|活动|展位|展台|专区)", after)
        if name == "settle" and verb == "扩建":
            return re.search(MONEY, text) is not None
        if name == "settle":
            if verb in ("选择", "看中", "选定", "布局", "登陆", "进军", "位于", "投资", "落地", "选址"):
                if verb == "位于":
                    return False
                if verb == "投资":
                    return not match.string[: match.start()].endswith(("外商", "直接", "吸引", "在", "来", "对外"))
                context = " ".join(clause.text for clause in clauses)
                return re.search("投资|厂|基地|中心|总部|仓|店|线|项目|落户|建", context) is not None
            return True
        if name == "toward":
            return re.search(MONEY, text) is not None or has_facility
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
        match: re.Match[str],
        name: str,
    ) -> None:
        clause = clauses[number]
        start, end = coded.back(clause.start), coded.back(clause.end)
        amount = spent(coded, clauses, number) if len(firms) == 1 else None
        for place in self._each_place(coded, places):
            for firm in firms:
                if any(one.parties == (firm,) and one.place == place for one in self.found):
                    continue
                cue = (coded.back(clause.start + match.start()), coded.back(clause.start + match.end()))
                sure = {"at": 0.85, "settle": 0.78, "toward": 0.8, "stage": 0.75, "welcomes": 0.7, "arrival": 0.78}[
                    name
                ]
                self.found.append(Found(start, end, (firm,), place, amount, f"zh-invests-{name}", sure, cue))

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
