"""The words of Chinese names, made into expressions once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kg.read import lexicon
from kg.read.languages.zh.divisions import Divisions
from kg.read.languages.zh.expressions import Expressions
from kg.read.places import gazetteer

_HERE = Path(__file__).parent
HAN = "\u4e00-\u9fff"
"""What a regular expression's set holds to match a Chinese character."""
TAKEN, KEPT = "\x01", "\u3007"
"""What stands for a character of a date or a sum, and for one that looks like a word that ends a name and is none."""


@cache
def words_of() -> Words:
    """The lexicon of names, ready for use."""
    return Words()


class Words(Expressions):
    """The expressions for names, made from `names.yaml` once."""

    def __init__(self) -> None:
        super().__init__("names")
        known = self.known

        def words(key: str) -> tuple[str, ...]:
            return known.words("names", key)

        def any_of(*keys: str) -> str:
            return lexicon.any_of([word for key in keys for word in words(key)])

        def sought(*keys: str) -> str:
            return lexicon.sought([word for key in keys for word in words(key)])

        places = gazetteer("zh")
        self.same: dict[str, str] = dict(known.data("names")["same places"])
        self.countries = frozenset(places.countries) | set(words("countries"))
        self.wide = frozenset(words("wide"))
        sure = self.countries | self.wide | set(words("regions")) | set(self.same)
        self.cities = {name for name in places.cities if len(name) > 2 or name + "市" in places.cities}
        self.small = places.cities - self.cities
        classes = frozenset("省市县区州镇乡岛郡村邦")
        self.places = frozenset(
            name
            for name in sure | self.cities | self.small
            if len(name) > 1 and not (len(name) == 2 and name[1] in classes and name in self.small)
        )
        divisions = Divisions(frozenset(words("no cities")) | frozenset(words("no bare cities")))
        self.under = divisions.under
        self.places |= divisions.sure
        self.places -= set(words("no cities")) - set(words("regions"))
        self.divisions = divisions.full
        self.common = lexicon.lines(_HERE / "common.txt")
        self.small -= sure
        self.heads = frozenset(name[:2] for name in self.places)
        self.most = max(map(len, self.places))
        self.zone = re.compile(any_of("zones"))
        self.class_word = re.compile(any_of("class words"))
        self.no_places = re.compile(rf"(?:{any_of('no places')})+")
        self.keeps = re.compile(sought("keeps"))
        self.sounding = self["sounding"]
        self.breaks = re.compile(sought("breaks"))
        spoken = [word for word in words("say") if len(word) > 1 and word not in words("no firm breaks")]
        self.firm_breaks = re.compile(lexicon.sought([*words("breaks"), *words("firm breaks"), *spoken]))
        self.dealer = re.compile(rf"[{HAN}]{{2,9}}?(?:[商厂]|业者)")
        self.leads = re.compile(any_of("leads"))
        self.trade = re.compile(any_of("trades"))
        self.trades = re.compile(rf"(?:{any_of('trades')})+")
        self.plain = re.compile(rf"(?:{any_of('trades', 'generics', 'domains')})*")
        self.domains = re.compile(rf"(?:{any_of('domains')})+")
        self._tails(any_of, sought)
        self.event_words = re.compile(rf"(?:{any_of('event words', 'domains', 'trades', 'generics')})*")
        self.place_tail = re.compile(sought("place tails"))
        self.common_ends = frozenset(words("common ends"))
        self.standing = frozenset(words("standing"))
        self.institutes = frozenset(words("institutes"))
        self.telling_ends = frozenset(words("telling ends"))
        self._persons(any_of)

    def _tails(self, any_of: Callable[..., str], sought: Callable[..., str]) -> None:
        """What names of firms and bodies end with, searched for through the whole text."""
        self.company = re.compile(rf"{sought('company tails')}(?:{any_of('company tails')})*")
        self.weak = re.compile(rf"(?:{sought('weak company tails')})(?!{any_of('tails go on')})")
        self.organization = re.compile(rf"(?:{sought('organization tails')})")
        self.office = re.compile(rf"(?:{sought('office tails')})")
        self.event = re.compile(rf"(?:{sought('event tails')})")

    def _persons(self, any_of: Callable[..., str]) -> None:
        role, suffix = any_of("roles"), any_of("suffixes")
        honor = any_of("honorifics")
        surname = any_of("surnames")
        japanese = any_of("japanese surnames")
        compound = lexicon.any_of([one for one in self.known.words("names", "surnames") if len(one) > 1])
        self.sound_signs = str(self.known.data("names")["macros"]["sound"])[1:-1]
        say = any_of("say")
        self.surname = re.compile(surname)
        known = (*self.known.words("names", "surnames"), *self.known.words("names", "japanese surnames"))
        self.surname_heads = frozenset(one[0] for one in known)
        given = f"[{HAN}]"
        self.own = re.compile(
            rf"(?P<double>(?!{compound})(?:{surname})(?:{surname}|氏){given}{{2}})|(?P<three>(?:{surname}){given}{{2}})|(?P<two>(?:{surname}){given})"
        )
        self.japanese = re.compile(rf"(?:{japanese}){given}{{1,3}}")
        self.dotted_signs = frozenset(self.sound_signs + "".join(self.known.words("names", "dotted signs")))
        self.sounds = re.compile(rf"(?:{any_of('sounding parts')}|[{self.sound_signs}]){{2,9}}")
        self.title = self["title"]
        self.honor = re.compile(rf"(?:(?!端木)(?:{honor}))+")
        self.byline = self["byline"]
        self.follows = re.compile(rf"[^{HAN}]|{any_of('after name')}|{say}|{TAKEN}")
        self.known_firm = re.compile(lexicon.sought(self.known.words("names", "known firms")))
        self.say = self["says"]
        self.verb = re.compile(say)
        self.role = re.compile(role)
        self.suffix = re.compile(suffix)
        self.clause = re.compile(r"(?:^|(?<=[，。；：！？」”』、\n 　（(《【]))")
