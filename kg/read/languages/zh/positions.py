"""What a person's position is in Chinese: the words before the name, without the rest of the clause before them."""

from __future__ import annotations

import re

from kg.read.languages.zh.words import HAN, words_of

_BREAK = re.compile("[”」》）)，。；：！？]|声称|表示|报道|报导")
"""What ends before a position begins."""
_WORD = re.compile(
    "[了过是把被将向对让给和与跟由经据讲受]|包括|导致|没有|正在|随着|随著|作为|身为|名叫|提到|谈到|指控|告诉|说"
)
"""Verbs and prepositions, which are none within a common word."""
_LEAD = re.compile(
    "(?:的|但|而且|而|且|并|其中|包括|来自|今年|去年|前年|当晚|当天|随后|尽管如此|自从|紧接着|以及|兼|他们的|她的|他的|其|在|从|于|月|日|年)+"
)
"""What leads to a position without belonging to it."""
_HOLDER = re.compile(
    "(?:[员者家师手长人士官席裁监星客兵医生友授伙]|[女儿妻孙孤]子|女儿|母亲|父亲|丈夫|太太|夫人|总理|总统|首相|领袖|代表|大使|秘书"
    "|顾问|助理|老板|经理|董事|书记|主任|委员|教练|专家|记者|编辑|作者|主播|男星|特使|特首|前锋|后卫|球员|导演|主编|博士|院士)$"
)
"""How the words for who somebody is end."""


def position(words: str, folded: str) -> str:
    """The position within the words before a name, as they stand; empty where they tell none."""
    start = 0
    for found in (*_BREAK.finditer(folded), *_WORD.finditer(folded)):
        is_word = len(found[0]) == 1 and _is_within_word(folded, found.start())
        if not is_word and len(folded) - found.end() > 1:
            start = max(start, found.end())
    lead = _LEAD.match(folded, start)
    if lead is not None and not _is_within_word(folded, lead.end() - 1):
        start = lead.end()
    if len(folded) - start < 2 or not (_HOLDER.search(folded) or words_of().role.fullmatch(folded, start)):
        return ""
    return words[start:].strip(" -—")


def _is_within_word(text: str, at: int) -> bool:
    """Whether a character is part of a common word with one of its neighbours."""
    pairs = {text[at - 1 : at + 1] if at else "", text[at : at + 2]}
    return any(re.fullmatch(f"[{HAN}]{{2}}", pair) and pair in words_of().common for pair in pairs)
