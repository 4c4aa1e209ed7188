"""What a query may not do, seen before any engine parses it: reach out, or be so deep that it ends the process."""

from __future__ import annotations

from kg.errors import InputError
from kg.query.lexer import keywords, lexemes

MAX_TEXT = 256 * 1024
MAX_DEPTH = 64
MAX_CHAIN = 2000
"""Longest run of operators of one kind: engines follow such a run with as deep a stack."""

_REACHING_OUT = ("SERVICE", "LOAD")
_UPDATES = ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def check(query: str) -> None:
    """Refuse a query that reaches out to other addresses, is too long, or is nested too deep."""
    if len(query.encode("utf-8", "replace")) > MAX_TEXT:
        raise InputError(f"the query is longer than {MAX_TEXT // 1024} KiB; narrow it")
    _refuse_update(query)
    _refuse_hostile(query)


def check_update(update: str) -> None:
    """Refuse an update that reaches out to other addresses or is nested too deep, and what is no update."""
    _refuse_hostile(update)
    words = {piece.text.upper() for piece in keywords(update)} - {"PREFIX", "BASE"}
    if words and words.isdisjoint(_UPDATES):
        raise InputError("this is no SPARQL update; start it with INSERT, DELETE, CLEAR, DROP, ADD, MOVE or COPY")


def _refuse_hostile(query: str) -> None:
    found = next((piece.text.upper() for piece in keywords(query) if piece.text.upper() in _REACHING_OUT), None)
    if found:
        raise InputError(f"{found} reaches out to another address, which is never done; query that address itself")
    _refuse_deep(query)


def _refuse_deep(query: str) -> None:
    depth = chain = 0
    last = ""
    is_data = False
    for piece in lexemes(query):
        word = piece.text.upper()
        if piece.text in ("{", "(", "["):
            depth += 1
        elif piece.text in ("}", ")", "]"):
            depth -= 1
        if depth > MAX_DEPTH:
            raise InputError(f"the query is nested more than {MAX_DEPTH} levels deep; simplify it")
        # There are no operators in data, but there may be many negative numbers.
        is_data = (is_data and (word != "}" or depth > 0)) or (word == "DATA" and last in ("INSERT", "DELETE"))
        if is_data:
            continue
        if word == "^" == last:
            word = "^^"  # what stands before a datatype
            chain -= 1
        elif word in ("UNION", "|", "+", "-", "*", "/", "&", "!", "^"):
            chain += 1
        elif word[:1].isdigit() and not last.endswith(":"):
            chain += word.count("-")  # `1-1-1` is one piece
        last = last if piece.kind in ("space", "comment") else word
        if chain > MAX_CHAIN:
            raise InputError(f"the query holds more than {MAX_CHAIN} operators; simplify it")


def _refuse_update(query: str) -> None:
    for piece in keywords(query):
        word = piece.text.upper()
        if word in (*_QUERIES, *_REACHING_OUT):
            return
        if word in _UPDATES:
            raise InputError(f"{word} is an update, and only queries are run; change a store with kg add and kg remove")
    raise InputError("this is no SPARQL query; start it with SELECT, ASK, CONSTRUCT or DESCRIBE")


def names_dataset(query: str) -> bool:
    """Whether the query says itself, by `FROM`, which graphs it is asked over."""
    return any(piece.text.upper() == "FROM" for piece in keywords(query))


def refuse_datasets(query: str) -> None:
    """Refuse `FROM`, by which an engine that is not ours would read files and addresses."""
    if names_dataset(query):
        raise InputError("FROM would make the engine read another graph; load that graph first")
