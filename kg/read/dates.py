"""Dates: words that fix one calendar day, by the forms that a language's `dates.yaml` lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from kg.read import lexicon
from kg.read.language import Language

_NEAR = timedelta(days=183)
"""A day without its year is taken in the year that brings it nearest to the report's date."""
_HEAD, _FOOT = 600, 200
"""Code points at the start of a report in which its dateline stands, and at its end, where it may be signed."""
_SAME_AS = {"dayword": "day", "signs": "year", "roc": "year"}
_ROC = 1911
"""The year before the first of the Republic of China, by whose years Taiwan dates."""
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_SIGNS = str.maketrans("〇零○一二三四五六七八九", "000123456789")

_IN_SENTENCE = re.compile(r"[^\n]{60}$")
"""What stands before a date that is no dateline's: many words on its line."""


class Found(NamedTuple):
    """A day by its place in the view."""

    start: int
    end: int
    day: date
    rule: str


class Calendar:
    """A language's forms of dates as one regular expression each."""

    def __init__(self, language: Language) -> None:
        data = language.data("dates")
        self.months: dict[str, int] = {word: int(number) for word, number in data["months"].items()}
        self.weekdays: dict[str, int] = {word: int(number) for word, number in data["weekdays"].items()}
        self.relative: dict[str, int] = {word: int(days) for word, days in data["relative"].items()}
        self.years: dict[str, int] = {word: int(number) for word, number in (data.get("years") or {}).items()}
        self.month_words: dict[str, int] = {word: int(n) for word, n in (data.get("month words") or {}).items()}
        self.shifts: dict[str, int] = {word: int(weeks) for word, weeks in (data.get("weeks") or {}).items()}
        self.days: dict[str, int] = {word: int(number) for word, number in (data.get("days") or {}).items()}
        self.dated = re.compile(data["dated"]) if data.get("dated") else None
        self.same = dict.fromkeys(lexicon.words(data.get("same day") or ()), 0)
        self.same |= {word: int(days) for word, days in (data.get("beside same day") or {}).items()}
        self.future = re.compile(data["future"], re.IGNORECASE) if data.get("future") else None
        forms = [_Form(self, language, form) for form in data["forms"]]
        self.forms = _Forms(forms, language)
        self.full = _Forms([form for form in forms if {"day", "year"} <= _named(form.pattern.groupindex)], language)


class _Form:
    def __init__(self, calendar: Calendar, language: Language, data: Any) -> None:
        pattern = data["form"]
        for name, part in _parts(calendar, language).items():
            pattern = pattern.replace("{" + name + "}", part)
        self.name, self.words = data["name"], pattern
        self.pattern = re.compile(_edged(pattern, language))


def _edged(pattern: str, language: Language) -> str:
    """An expression for words that are no part of longer words, numbers or addresses."""
    edge = r"(?<![\w.,/-])" if language.is_spaced else r"(?<![\d.])"
    tail = r"(?![\w/])" if language.is_spaced else r"(?!\d)"
    return f"{edge}(?:{pattern}){tail}"


class _Forms:
    """Forms of dates that a text is searched for together, in one walk over it."""

    def __init__(self, forms: list[_Form], language: Language) -> None:
        self.forms = forms
        words = "|".join(_GROUP_NAME.sub("(?:", form.words) for form in forms)
        self._any = re.compile(_edged(words, language))

    def matches(self, text: str) -> Iterator[tuple[_Form, re.Match[str]]]:
        """What each form matches, as if a text were searched for it alone; in the order of their beginnings."""
        done = dict.fromkeys(self.forms, 0)
        start = self._any.search(text)
        while start is not None:
            at = start.start()
            for form in self.forms:
                match = form.pattern.match(text, at) if done[form] <= at else None
                if match:
                    done[form] = match.end()
                    yield form, match
            start = self._any.search(text, at + 1)


def _parts(calendar: Calendar, language: Language) -> dict[str, str]:
    return {
        "day": r"(?P<day>[12]\d|3[01]|0?[1-9])",
        "day word": f"(?P<dayword>{lexicon.any_of(calendar.days)})",
        "month": f"(?P<month>{lexicon.any_of(calendar.months)})",
        "month number": r"(?P<number>1[0-2]|0?[1-9])",
        "year": r"(?P<year>(?:19|20)\d\d)",
        "roc year": r"(?P<roc>1[01]\d)",
        "year in signs": "(?P<signs>[一二][〇零○九][〇零○一二三四五六七八九]{2})",
        "short year": r"(?P<year>(?:19|20)\d\d|\d\d)",
        "year word": f"(?P<yearword>{lexicon.any_of(calendar.years)})",
        "month word": f"(?P<monthword>{lexicon.any_of(calendar.month_words)})",
        "weekday": f"(?P<weekday>{lexicon.any_of(calendar.weekdays)})",
        "a weekday": f"(?:{lexicon.any_of(calendar.weekdays)})",
        "relative": f"(?P<relative>{lexicon.any_of(calendar.relative)})",
        "week": f"(?P<week>{lexicon.any_of(calendar.shifts)})",
        "same day": f"(?P<same>{lexicon.any_of(calendar.same)})",
    }


@cache
def calendar(code: str) -> Calendar:
    """The forms of dates of a language."""
    from kg.read.language import language

    return Calendar(language(code))


def report_date(text: str, language: Language) -> date | None:
    """The report's own date: the first one near its start that names day, month and year."""
    known = calendar(language.code)
    found = [each for each in known.full.matches(text[:_HEAD]) if {"day", "year"} <= _given(each[1])]
    days = [(match.start(), _day(known, match, None, None, "", form)) for form, match in found]
    days += _signed(text[-_FOOT:], known)
    first = next((each for each in sorted(days, key=lambda each: each[0]) if each[1]), None)
    if first is None or first[1] is None:
        return None
    return _last_told(text, known, first[1]) if _IN_SENTENCE.search(text, 0, first[0]) else first[1]


def _signed(foot: str, known: Calendar) -> list[tuple[int, date | None]]:
    """The date at a report's end that it says is its own, before all others."""
    if known.dated is None:
        return []
    full = [each for each in known.full.matches(foot) if {"day", "year"} <= _given(each[1])]
    own = [each for each in full if known.dated.search(foot[: each[1].start()])]
    return [(-1, _day(known, match, None, None, "", form)) for form, match in own]


def _last_told(text: str, known: Calendar, first: date) -> date:
    """The latest day within three of the first that the words of a report name in full with its weekday.

    A report whose first date stands in its sentences, not in a dateline, was written after the last day it tells of.
    """
    days = [
        _day(known, match, None, None, "", form)
        for form, match in known.full.matches(text)
        if {"day", "year"} <= _given(match) and match[0].startswith(tuple(known.weekdays))
    ]
    return max((day for day in days if day is not None and 0 <= (day - first).days <= 3), default=first)


def find(text: str, language: Language, today: date | None) -> list[Found]:
    """The dates in a folded text, in order; those that need the report's date only where it is known."""
    known = calendar(language.code)
    chosen: list[Found] = []
    last: date | None = today
    for form, match in _disjoint(known.forms.matches(text)):
        context = text[match.end() : match.end() + 24] + " " + text[max(0, match.start() - 60) : match.start()]
        day = _day(known, match, today, last, context, form)
        if day is None:
            continue
        chosen.append(Found(match.start(), match.end(), day, f"date-{form.name}"))
        last = day
    return chosen


def _disjoint(matches: Iterable[tuple[_Form, re.Match[str]]]) -> list[tuple[_Form, re.Match[str]]]:
    """Of matches that overlap the one that starts first, and of those the longest."""
    kept: list[tuple[_Form, re.Match[str]]] = []
    for form, match in sorted(matches, key=lambda each: (each[1].start(), -each[1].end())):
        if not kept or match.start() >= kept[-1][1].end():
            kept.append((form, match))
    return kept


def _given(match: re.Match[str]) -> set[str]:
    return _named(name for name, value in match.groupdict().items() if value)


def _named(groups: Iterable[str]) -> set[str]:
    """The parts of a date that groups give, each by its plain name."""
    given = set(groups)
    return given | {_SAME_AS[name] for name in given & _SAME_AS.keys()}


def _day(
    known: Calendar, match: re.Match[str], today: date | None, last: date | None, context: str, form: _Form
) -> date | None:
    """The calendar day that a match means; None where there is none, or where it needs a date that is not known."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "dayword" in groups:
        groups["day"] = str(known.days[groups["dayword"]])
    if "roc" in groups:
        groups["year"] = str(int(groups["roc"]) + _ROC)
    if "signs" in groups:
        groups["year"] = groups["signs"].translate(_SIGNS)
    if "day" in groups:
        day = _numbered(known, groups, today, last)
        is_open = "month" in groups and not {"year", "yearword"} & groups.keys()
        if day and today and is_open and day < today and known.future and known.future.search(context):
            return _date(day.year + 1, day.month, day.day)
        return day
    if today is None:
        return None
    if "relative" in groups:
        return _moved(today, known.relative[groups["relative"]])
    if "same" in groups:
        return last if last is None else _moved(last, known.same[groups["same"]])
    if "weekday" in groups:
        return _weekday(known, groups, today, context)
    return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _numbered(known: Calendar, groups: dict[str, str], today: date | None, last: date | None) -> date | None:
    """A day of a month, the month and year taken from the report's date where they are not given."""
    number, month = int(groups["day"]), None
    if "month" in groups:
        month = known.months[groups["month"]]
    elif "number" in groups:
        month = int(groups["number"])
    if "year" in groups:
        year = int(groups["year"])
        return _date(year + 2000 if year < 100 else year, month or 1, number) if month else None
    if today is None:
        return None
    if "yearword" in groups and month:
        return _date(today.year + known.years[groups["yearword"]], month, number)
    if "monthword" in groups:
        months = today.year * 12 + today.month - 1 + known.month_words[groups["monthword"]]
        return _date(months // 12, months % 12 + 1, number)
    if month is None:
        base = last or today
        return _nearest([_date(base.year, base.month, number)], today)
    return _nearest([_date(today.year + shift, month, number) for shift in (-1, 0, 1)], today)


def _nearest(days: list[date | None], today: date) -> date | None:
    known = [day for day in days if day is not None and (len(days) == 1 or abs(day - today) <= _NEAR)]
    return min(known, key=lambda day: abs(day - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(known: Calendar, groups: dict[str, str], today: date, context: str) -> date | None:
    """A day of the week: the last one up to the report's date, unless its words or those around point ahead."""
    weekday = known.weekdays[groups["weekday"]]
    if "week" in groups:
        monday = today - timedelta(days=today.weekday())
        return _moved(monday, 7 * known.shifts[groups["week"]] + weekday)
    back = (today.weekday() - weekday) % 7
    if known.future and known.future.search(context):
        return _moved(today, (weekday - today.weekday()) % 7 or 7)
    return _moved(today, -back)
