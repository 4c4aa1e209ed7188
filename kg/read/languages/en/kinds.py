"""What sort of thing each name in English is: by the name, by what stands around it, and by its other mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from kg.read.capitals import contexts
from kg.read.languages.en.firms import does_as_firms
from kg.read.languages.en.runs import Runs
from kg.read.languages.en.within import nested
from kg.read.languages.en.words import Name, phrases
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold
from kg.read.segment import Quotation

_AT = re.compile(r"\b(?:in|near|outside|across|around|throughout|towards|off) (?:the )?(?:[a-z]+ )?$")
_LOCAL_FIRM = re.compile(
    r"-(?:based|headquartered|listed|born)\b"
    r"| (?:[a-z-]+ ){0,2}(?:company|firm|[a-z]*maker|consultancy|start-?up|developer|brokerage|builder|brewer|trader"
    r"|think tank) [A-Z]"
)
_PRODUCT = re.compile(r" (?:[a-z]+ )?(?:miner|maker|producer|grower|trader|refiner|processor|recycler|exporter) [A-Z]")
_LIST_GAP = re.compile(r"(?:, | and | & |, and | or |, or |, as well as )(?:the |its )?")
_BULLET = re.compile(r"(?:^|\n)[-–—•*·▪◦] ?$")
_SLOGAN = re.compile(
    r"\b(?:slogan|motto|themed?|(?:en|sub)?titled|called|dubbed|named|banner|headlined?|heading|headed|styled|labell?ed"
    r"|marked|reading|inscribed|tagline)(?: of| is| was)?,? $"
)
_SINGLE = re.compile(r"(?<!\w)[‘'][A-Z][^‘’'\n.,]{2,50}[’'](?!\w)")
_MOST_SHORT = 30
"""Longer names that a single word is held against, so that the time stays in proportion."""
_PERSON = 0.8
"""Only what is surer is asked of a name that so surely is a person’s."""
_GIVEN = 0.86
"""What stands around a name of which only its given name tells that it is a person’s must be surer than this."""
_CITY = 0.75
"""How sure a name is of being a place by a list of cities alone, where nothing is ever in or at it."""
_TELLING = 0.7
"""What is less sure of its type tells nothing of other names, nor of the same name elsewhere."""
_WIDE = 24
"""Characters that two names of a list are apart at most."""
_SURE = 90
"""The weight that one sure mention of a type has."""


class Typing:
    """What all mentions of a name tell of its type, together."""

    def __init__(self, runs: Runs) -> None:
        self.runs, self.text = runs, runs.text
        self.contexts = contexts("en")
        self.found = sorted(runs.found)
        self.types = [one.type for one in self.found]
        self.sure = [one.confidence for one in self.found]
        self.rules = [one.rule for one in self.found]

    def mentions(self) -> list[Mention]:
        """The mentions with their types; what no type was told for has none."""
        self._trim_openings()
        self._quoted_terms()
        for at, one in enumerate(self.found):
            sure_of = _GIVEN if self.types[at] == PERSON else 0.8
            if self.types[at] != "-" and (not self.types[at] or self.sure[at] < sure_of):
                self._told(at, one)
        self._acronyms()
        self._bodies()
        self._vote()
        if self._coordinate():
            self._vote()
        if self._default():
            self._vote()
        self._later_words()
        found = [
            Mention(one.start, one.end, one.name, kind, rule, sure)
            for one, kind, rule, sure in zip(self.found, self.types, self.rules, self.sure, strict=True)
            if kind != "-"
        ]
        return sorted([*found, *nested(self.runs, found)])

    def _trim_openings(self) -> None:
        """`Rival Example Foods` at the head of a sentence is `Example Foods` where that is also named elsewhere."""
        names = Counter(one.name for one in self.found)
        for at, one in enumerate(self.found):
            if one.is_first and one.words > 1 and names[one.name] == 1:
                first, _, rest = one.name.partition(" ")
                if rest in names and self._is_ordinary(first) and first not in phrases("given names"):
                    self.found[at] = one._replace(start=one.start + len(first) + 1, name=rest, words=one.words - 1)
            elif one.is_first and one.words == 1 and not one.type and names[one.name] == 1:
                after = self.text[one.end : one.end + 60]
                is_word = one.name.lower() in self.runs.document.lower_words or _PRODUCT.match(after)
                self.types[at] = "-" if is_word else ""

    def _is_ordinary(self, word: str) -> bool:
        """Whether a word at the head of a sentence may be a common noun or adjective, no part of a name."""
        low = word.lower()
        return (
            word in phrases("common")
            or low in self.runs.document.lower_words
            or low in phrases("firm noun")
            or low in phrases("person noun")
        )

    def _quoted_terms(self) -> None:
        """Titles, slogans and nicknames in quotation marks hold no names, except those known elsewhere."""
        quotations = self.runs.document.quotations
        terms = [(one.start, one.end) for one in quotations if _is_term(self.text, one) or _is_slogan(self.text, one)]
        terms = sorted([*terms, *((match.start(), match.end()) for match in _SINGLE.finditer(self.text))])
        outside: set[str] = set()
        inside: list[int] = []
        number = 0
        for at, one in enumerate(self.found):
            while number < len(terms) and terms[number][1] < one.end:
                number += 1
            if number < len(terms) and terms[number][0] <= one.start:
                inside.append(at)
            else:
                outside.add(one.name)
        for at in inside:
            if self.found[at].name not in outside and self.types[at] != PLACE:
                self.types[at] = "-"

    def _told(self, at: int, one: Name) -> None:
        """Let what stands around a name tell its type, where that is surer than what the name itself tells."""
        before = self.text[max(0, one.start - 60) : one.start].rpartition("\n")[2]
        opening = before.lstrip("“\"‘'").partition(" ")[0]
        if opening[:1].isupper() and opening.lower().removesuffix("s") in phrases("person noun"):
            before = before.lower()
        head = before.rstrip().rpartition(" ")[2] or before.rstrip()
        if head[:1].isupper() and head.lower() in phrases("firm noun"):
            before = before.lower()
        after = self.text[one.end : one.end + 110].partition("\n")[0]
        if self.types[at] == PLACE and (_AT.search(before) or _LOCAL_FIRM.match(after)):
            self.sure[at] = 0.97
            return
        least = self.sure[at] if self.types[at] == PERSON and self.sure[at] >= _PERSON else 0.0
        for rule in self.contexts:
            if rule.confidence <= least:
                continue
            if (rule.after is None or rule.after.match(after)) and (rule.before is None or rule.before.search(before)):
                is_surer = rule.confidence > self.sure[at] or not self.types[at]
                is_letters = one.name.isupper() and rule.confidence < _TELLING
                if is_surer and not (rule.type == PLACE and (is_letters or _capitals(one.name) > 3)):
                    self.types[at], self.sure[at], self.rules[at] = rule.type, rule.confidence, f"name-{rule.name}"
                return

    def _weights(self) -> dict[str, dict[str, int]]:
        """By name and type, how much all its mentions speak for it."""
        weights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one, kind, sure in zip(self.found, self.types, self.sure, strict=True):
            if kind and kind != "-":
                weights[fold(one.name)][kind] += round(100 * sure)
        return weights

    def _acronyms(self) -> None:
        """`Example Growers Union (EGU)`: the letters in brackets mean the name before them, here and after."""
        meant: dict[str, Name] = {}
        for at, one in enumerate(self.found):
            before = self.found[at - 1] if at else None
            is_short = one.words == 1 and one.name.isupper() and 1 < len(one.name) < 9
            if before and is_short and before.words > 1 and self.text[before.end : one.start] == " (":
                meant[one.name] = before
            if is_short and one.name in meant:
                full = meant[one.name]
                self.found[at] = one._replace(name=full.name)
                self.types[at], self.sure[at], self.rules[at] = full.type, full.confidence, "name-acronym"

    def _bodies(self) -> None:
        """`the Office`, `the Department`: the body named before with that word; else nothing."""
        last: dict[str, Name] = {}
        for at, one in enumerate(self.found):
            if one.words == 1 and (one.name in phrases("organization nouns") or one.name == "Group"):
                full = last.get(one.name)
                before = self.text[max(0, one.start - 4) : one.start]
                if full is not None and (before.strip() in ("the", "The") or one.is_first):
                    self.found[at] = one._replace(name=full.name)
                    self.types[at], self.sure[at], self.rules[at] = ORGANIZATION, 0.9, "name-body-again"
                elif not one.type:
                    self.types[at] = "-"
            elif self.types[at] == ORGANIZATION:
                for word in one.name.split():
                    if word in phrases("organization nouns"):
                        last[word] = one

    def _parts_of_persons(self, keys: list[str], chosen: dict[str, str]) -> None:
        """What two or more words of a person's longer name say means that person."""
        persons = [key for key in keys if chosen.get(key) == PERSON and key.count(" ") > 1][:_MOST_SHORT]
        for key in keys:
            if " " in key and chosen.get(key) != PERSON and any(f" {key} " in f" {full} " for full in persons):
                chosen[key] = PERSON

    def _surest(self) -> dict[str, float]:
        """By name, how sure its surest mention is of its type by the name itself."""
        surest: dict[str, float] = defaultdict(float)
        for one, kind, sure in zip(self.found, self.types, self.sure, strict=True):
            if kind and kind != "-":
                surest[fold(one.name)] = max(surest[fold(one.name)], sure)
        return surest

    def _vote(self) -> None:
        """Give all mentions of a name the type that most speak for; short names follow the long ones and tell them."""
        keys = sorted({fold(one.name) for one in self.found})
        chosen = self._by_weight(keys)
        self._follow(keys, chosen)
        self._parts_of_persons(keys, chosen)
        for full in self._firms():
            short = full.rpartition(" ")[0]
            while " " in short:
                chosen[short] = COMPANY
                short = short.rpartition(" ")[0]
        told: dict[tuple[str, str], float] = {}
        for one, own, sure in zip(self.found, self.types, self.sure, strict=True):
            told[fold(one.name), own] = max(told.get((fold(one.name), own), 0.0), sure)
        for at, one in enumerate(self.found):
            kind = chosen.get(fold(one.name))
            if kind and self.types[at] not in ("-", kind) and told.get((fold(one.name), kind), 1) >= _TELLING:
                self.types[at], self.sure[at] = kind, max(self.sure[at], 0.6)
                self.rules[at] = "name-as-elsewhere"

    def _later_words(self) -> None:
        """`Example` means `Casa Example SA` where no firm's name begins with it and no other firm has it."""
        firms = {
            one.name for one, kind in zip(self.found, self.types, strict=True) if kind == COMPANY and one.words > 1
        }
        homes: dict[str, list[str]] = defaultdict(list)
        for name in sorted(firms):
            for word in name.split():
                homes[word].append(name)
        states = {
            one.name.rpartition(" ")[0]: one.name
            for one, kind in zip(self.found, self.types, strict=True)
            if kind == PLACE
            and one.name.endswith((" State", " Province", " County", " Prefecture", " Regency", " District"))
        }
        for at, one in enumerate(self.found):
            if self.types[at] == COMPANY and one.words == 1 and len(homes[one.name]) == 1:
                self.found[at] = one._replace(name=homes[one.name][0])
            elif self.types[at] == PLACE and one.name in states:
                self.found[at] = one._replace(name=states[one.name])

    def _by_weight(self, keys: list[str]) -> dict[str, str]:
        """The type of each name by what its own mentions tell, and half of what those of its first and last word do."""
        weights = self._weights()
        chosen: dict[str, str] = {}
        for key in keys:
            words = key.split()
            own = dict(weights.get(key, {}))
            parts = sorted({words[0], words[-1]}) if len(words) > 1 else []
            for part in parts:
                for kind, weight in sorted(weights.get(part, {}).items()):
                    if own.get(PLACE, 0) < _SURE and _may_tell(kind, own, part == words[0]):
                        own[kind] = own.get(kind, 0) + weight // 2
            if own:
                chosen[key] = min(own, key=lambda kind: (-own[kind], kind))
        return chosen

    def _follow(self, keys: list[str], chosen: dict[str, str]) -> None:
        """Names of one word, of which nothing sure is told, follow the longer ones that they are part of."""
        whole: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            words = key.split()
            heads = [" ".join(words[:count]) for count in range(2, len(words))]
            for word in sorted({*words, *heads}) if len(words) > 1 else ():
                if len(whole[word]) < _MOST_SHORT:
                    whole[word].append(key)
        surest = self._surest()
        for key in keys:
            is_city = chosen.get(key) == PLACE and surest[key] <= _CITY
            if is_city and any(
                chosen.get(full) == COMPANY and full.startswith(key + " ") for full in whole.get(key, ())
            ):
                chosen[key] = COMPANY
                continue
            if key in chosen and surest[key] >= (0.7 if " " in key else 0.75):
                continue
            kinds = Counter(
                chosen[full]
                for full in whole.get(key, ())
                if chosen.get(full, PLACE) != PLACE and (chosen[full] == PERSON or full.startswith(key))
            )
            if kinds:
                chosen[key] = min(kinds, key=lambda kind: (-kinds[kind], kind))

    def _firms(self) -> list[str]:
        """Firms named in full, by a form or ending: what begins like them and is shorter means them."""
        return sorted(
            {
                fold(one.name)
                for one, kind, sure in zip(self.found, self.types, self.sure, strict=True)
                if kind == COMPANY and sure >= 0.9 and one.words > 2
            }
        )

    def _coordinate(self) -> bool:
        """Names in a list are of one sort; whether one got its type so."""
        before = list(self.types)
        for order in (1, -1):
            sequence = range(1, len(self.found)) if order == 1 else range(len(self.found) - 1, 0, -1)
            for at in sequence:
                one, other = (at - 1, at) if order == 1 else (at, at - 1)
                if self.types[other] or self.types[one] in ("", "-"):
                    continue
                left = self.found[at - 1].start
                if self.types[one] == PLACE and _BULLET.search(self.text[max(0, left - 3) : left]):
                    continue
                if self._listed(at) and self._tells_list(one, other):
                    self.types[other], self.sure[other] = self.types[one], 0.6
                    self.rules[other] = "name-in-list"
        return self.types != before

    def _listed(self, at: int) -> bool:
        """Whether only a comma or an `and` stands between a name and the one before it."""
        gap = self.text[self.found[at - 1].end : self.found[at].start] if at else ""
        return 0 < len(gap) < _WIDE and _LIST_GAP.fullmatch(gap) is not None

    def _tells_list(self, one: int, other: int) -> bool:
        """Whether a name in a list tells what the next is: it is sure, and another beside the two is of its type."""
        kind, step = self.types[one], one - other
        if self.sure[one] < _TELLING or self.rules[one] in ("name-in-list", "name-as-elsewhere"):
            return False
        beyond = [(one + step, max(one, one + step)), (other - step, max(other, other - step))]
        return any(
            0 <= at < len(self.found) and gap < len(self.found) and self._listed(gap) and self.types[at] == kind
            for at, gap in beyond
        )

    def _default(self) -> bool:
        """Names of several words that nothing tells of are firms where they do what firms do; whether any does."""
        untold = list(self.types)
        for at, one in enumerate(self.found):
            if self.types[at] or one.words < 2 or one.words > 4 or one.name.split()[-1] in phrases("not names"):
                continue
            before = self.text[max(0, one.start - 200) : one.start].rpartition("\n")[2]
            after = self.text[one.end : one.end + 200].partition("\n")[0]
            if does_as_firms(before, after):
                self.types[at], self.sure[at], self.rules[at] = COMPANY, 0.5, "name-like-a-firm"
        return self.types != untold


def _capitals(name: str) -> int:
    return sum(word[0].isupper() for word in name.split())


def _may_tell(kind: str, own: dict[str, int], is_first: bool) -> bool:
    """Whether the type that a word alone has may be that of a longer name with it, which tells `own` of itself."""
    if kind == PERSON:
        return max(own.get(COMPANY, 0), own.get(ORGANIZATION, 0)) < _SURE
    return kind == COMPANY and is_first and own.get(PERSON, 0) < _SURE


def _is_term(text: str, quote: Quotation) -> bool:
    """Whether quotation marks stand around a title or term: few words, and no comma or full stop at the end."""
    words = text[quote.start : quote.end]
    return len(words) < 60 and words.count(" ") < 6 and words[-1:] not in ",.!?…"


def _is_slogan(text: str, quote: Quotation) -> bool:
    """Whether words before a quotation say that it is a slogan, a title or a theme."""
    return _SLOGAN.search(text[max(0, quote.start - 40) : quote.start - 1]) is not None
