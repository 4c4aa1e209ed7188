"""Agreements in English: a noun such as `contract`, a verb that says it is done, and the parties around them."""

from __future__ import annotations

import re
from functools import cache

from kg.read.coded import Coded, Item
from kg.read.deals import Found
from kg.read.languages.en.amounts import whole_sum
from kg.read.languages.en.clauses import Clause, Sentence
from kg.read.languages.en.patterns import cancelled, compiled, data
from kg.read.model import COMPANY, ORGANIZATION, PLACE, Amount


@cache
def _pattern(name: str, party: str = "{FIRM}") -> re.Pattern[str]:
    """A pattern for agreements by its name, or a rule's; `party` is what its parties are."""
    known = data("pact patterns") | {rule["name"]: rule["pattern"] for rule in data("pacts")}
    pattern, macros = known[name], data("macros")
    for _ in range(5):
        pattern = re.sub(r"\{([a-z ]+)\}", lambda found: macros.get(found[1], found[0]), pattern)
    word = known["gap"] if party == "{FIRM}" else "[\\w’'-]+"
    return compiled(pattern.replace("{PARTY}", party).replace("{W}", word))


def agreements(sentences: list[Sentence]) -> list[Found]:
    """The agreements that the sentences of a report tell, in order."""
    found: dict[frozenset[str], Found] = {}
    recent: list[str] = []
    for number, sentence in enumerate(sentences):
        coded = sentence.coded
        if number:
            recent = _recent(recent, sentences[number - 1].coded)
        if not _pattern("may agree").search(coded.text):
            continue
        clauses = sentence.clauses
        following = sentences[number + 1].coded if number + 1 < len(sentences) else None
        if following and _pattern("the pact").match(following.text) and cancelled().search(following.text):
            continue
        fresh = (
            [*_awards(coded, clauses), *_together(coded, clauses, recent)]
            or [*_under(coded, clauses)]
            or _pairs(coded, clauses)
            or [one for clause in clauses if not clause.is_dubious for one in _signed(coded, clause)]
        )
        fresh = _two_named(coded, clauses) or fresh if all(len(one.parties) < 2 for one in fresh) else fresh
        for one in fresh:
            if any(set(one.parties) <= known for known in found):
                continue
            for known in [known for known in found if known < set(one.parties)]:
                del found[known]
            if one.amount is None and following is not None and len(fresh) == 1:
                one = one._replace(amount=_told_later(following))
            found[frozenset(one.parties)] = one
    return sorted(found.values())


def _recent(before: list[str], coded: Coded) -> list[str]:
    """The firms and bodies named last, each once, the newest at the end."""
    names = [item.thing.name for item in coded.items if item.kind in (COMPANY, ORGANIZATION)]
    return [*(name for name in before if name not in names), *dict.fromkeys(names)][-12:]


def _awards(coded: Coded, clauses: list[Clause]) -> list[Found]:
    """`A has awarded construction to B for $3 million, and pumps worth $1 million to C`: one agreement each."""
    match = _pattern("awards").search(coded.text)
    if not match or _is_doubtful(match, clauses):
        return []
    if match["verb"] == "handed" and not _pattern("may agree").search(match["rest"]):
        return []
    giver = coded.item(match["parties"]).thing.name
    found = []
    for part in _pattern("awarded").finditer(match["rest"]):
        winner = coded.item(part["winner"]).thing.name
        if winner != giver:
            found.append(_made(coded, match.span(), (giver, winner), part["what"] + part["after"], "en-awarded"))
    return found


def _together(coded: Coded, clauses: list[Clause], recent: list[str]) -> list[Found]:
    """What `the two companies` signed: the two named last."""
    for name in ("together signed", "by together", "together sign"):
        match = _pattern(name).search(coded.text)
        if not match or _is_not_yet(coded.text, match.start("verb")) or _is_doubtful(match, clauses):
            continue
        here = [item.thing.name for item in coded.found(coded.text[: match.start()], COMPANY, ORGANIZATION)]
        pair = list(dict.fromkeys([*recent, *here]))[-2:]
        named = _names(coded.found(match.groupdict().get("parties") or "", COMPANY, ORGANIZATION))
        if len(pair) == 2:
            parties = tuple(dict.fromkeys([*pair, *named]))
            return [
                _made(
                    coded,
                    match.span(),
                    parties,
                    coded.text[match.start() : match.end() + 60],
                    "en-signed-together",
                )
            ]
    return []


def _under(coded: Coded, clauses: list[Clause]) -> list[Found]:
    """`Under an accord reached in May, A will lend … to B and C`: all of them are its parties."""
    match = _pattern("under").match(coded.text)
    if not match or any(clause.is_dubious for clause in clauses[:1]):
        return []
    parties = _names(coded.found(match["parties"], COMPANY, ORGANIZATION))
    return [_made(coded, match.span(), parties, coded.text, "en-under-a-pact")] if len(parties) > 1 else []


def _signed(coded: Coded, clause: Clause) -> list[Found]:
    text = coded.text[clause.start : clause.end]
    for rule in data("pacts") if _pattern("may agree").search(text) else ():
        name = rule["name"]
        match = _pattern(name).search(text)
        if (match is None and "between" in text + name) or (match is None and name.startswith("en-p")):
            match = _pattern(name, "(?<!of ){PLACE}(?!’s|'s)").search(text)
        if match is None and name == "en-signed-with":
            match = _pattern(name, "(?<!of )(?<!in )(?<!at ){PLACE}(?!’s|'s)").search(text)
        if match is None or _is_not_yet(text, match.start("verb")) or _is_only_given(match[0], name):
            continue
        groups = match.groupdict()
        items = coded.found((groups.get("parties") or "") + (groups.get("parties2") or ""), COMPANY, ORGANIZATION)
        if not items:
            items = coded.found((groups.get("parties") or "") + (groups.get("parties2") or ""), PLACE)
            if len(items) < 2:
                continue
        parties = _names(items)
        if (
            name
            in (
                "en-agreed-with",
                "en-parties-formed",
                "en-hired-under",
                "en-took-from",
                "en-under-signed",
                "en-agreed-to",
                "en-agreed-to-buy",
                "en-leased",
                "en-partnered",
                "en-parties-signed",
            )
            and len(parties) < 2
        ):
            continue
        if (
            name == "en-one-party-signed"
            and re.search(r"\border\b", match[0])
            and not re.search(r"\b(?:won|secured|landed)\b", match[0])
        ):
            continue
        span = (clause.start + match.start(), clause.start + match.end())
        return _each(coded, span, match, text, name) or [_made(coded, span, parties, text, name)]
    return []


def _is_only_given(words: str, name: str) -> bool:
    """Whether a loan, a licence or many orders are merely got, which nobody need have signed."""
    if name not in ("en-won-from", "en-was-awarded") or not _pattern("given").search(words):
        return False
    return not _pattern("by contract").search(words)


def _each(coded: Coded, span: tuple[int, int], match: re.Match[str], text: str, name: str) -> list[Found]:
    """The agreements of `signed separate contracts with B and C`, `signed contracts with B and with C`; else none."""
    groups = match.groupdict()
    first = _names(coded.found(groups.get("parties") or "", COMPANY, ORGANIZATION))
    second = _names(coded.found(groups.get("parties2") or "", COMPANY, ORGANIZATION))
    if len(first) == len(second) > 1 and "respectively" in text:
        return [_made(coded, span, pair, "", name) for pair in zip(first, second, strict=True)]
    if _pattern("separately").search(match[0]) and 1 in (len(first), len(second)):
        one, several = (first, second) if len(first) == 1 else (second, first)
        if len(several) > 1:
            return [_made(coded, span, (*one, other), "", name) for other in several]
    others = list(_pattern("and with").finditer(text, match.end()))
    if len(first) == 1 and second and others:
        found = [_made(coded, span, (*first, *second), text[match.start() : others[0].start()], name)]
        for other in others:
            parties = _names(coded.found(other["parties"], COMPANY, ORGANIZATION))
            found.append(_made(coded, span, (*first, *parties), other["after"], name))
        return found
    return []


def _pairs(coded: Coded, clauses: list[Clause]) -> list[Found]:
    """`Two agreements were signed: one between A and B, the other between A and C`."""
    pact = re.search(r"\b[a-z]+ed\b", coded.text)
    matches = list(_pattern("pairs").finditer(coded.text))
    if not pact or len(matches) < 2 or not _pattern("separately").search(coded.text):
        return []
    found = []
    for match in matches:
        parties = _names(coded.found(match["parties"], COMPANY, ORGANIZATION))
        if len(parties) > 1 and not _is_doubtful(match, clauses):
            found.append(_made(coded, match.span(), parties, "", "en-pairs"))
    return found


def _two_named(coded: Coded, clauses: list[Clause]) -> list[Found]:
    """An agreement that a sentence without doubt calls signed, between the only two firms or bodies it names."""
    text = coded.text
    signed = _pattern("called signed").search(text)
    if (
        not signed
        or any(clause.is_dubious for clause in clauses)
        or _is_not_yet(text, signed.start(signed.lastgroup or 0))
    ):
        return []
    parties: list[Item] = []
    for match in compiled("{FIRM}").finditer(text):
        if parties and _pattern("no party of").search(text[: match.start()]):
            continue
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 12]
        if not _pattern("said").search(before) and not _pattern("not a party").match(after):
            parties.append(coded.item(match[0]))
    names = _names(parties)
    if len(names) != 2 or len(_names(coded.found(text, COMPANY, ORGANIZATION))) != 2:
        return []
    return [_made(coded, signed.span(), names, text, "en-two-named")]


def _is_doubtful(match: re.Match[str], clauses: list[Clause]) -> bool:
    """Whether words that match lie in a clause that tells no fact, wholly or in part."""
    return any(clause.is_dubious and clause.start < match.end() and match.start() < clause.end for clause in clauses)


def _is_not_yet(text: str, at: int) -> bool:
    return compiled(data("not yet")).search(text[max(0, at - 60) : at]) is not None


def _names(items: list[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.thing.name for item in items))


def _made(coded: Coded, span: tuple[int, int], parties: tuple[str, ...], words: str, rule: str) -> Found:
    start, end = coded.back(span[0]), coded.back(span[1])
    return Found(start, end, parties, "", whole_sum(coded, words), rule, (start, end))


def _told_later(coded: Coded) -> Amount | None:
    if _pattern("the pact").match(coded.text) and _pattern("worth").match(coded.text):
        return whole_sum(coded, coded.text)
    return None
