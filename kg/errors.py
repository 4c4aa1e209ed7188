"""Every error that kabar raises, in one tree; each says what is wrong, where, and what to do.

KgError                     exit  http
├── InputError                2   400   what was handed in is not right
│   ├── ParseError            2   400   a file or query does not parse: source, line, column
│   ├── UnknownQuery          2   404   no canned query of that name
│   ├── BadParameter          2   400   a parameter that is unknown, missing or of the wrong type
│   ├── UnknownName           2   404   no entity of that name; the nearest ones are named
│   ├── AmbiguousName         2   400   several entities of that name; the candidates are named
│   ├── DataError             2   422   claims that do not keep the shapes; nothing was stored
│   ├── StoreError            2   409   a store file that is damaged, foreign, newer or read-only
│   ├── MissingExtra          2   501   an optional library is not installed
│   ├── NotFound              2   404   nothing of that name is served
│   ├── NotAcceptable         2   406   nothing in a format that the request accepts
│   └── Refused               2   400   a request refused, often with another status of its own
├── CheckFailed               1   422   checked and found wanting
├── DeadlineExceeded          3   503   a query took longer than it may
├── DiskError                 3   507   the disk failed or is full
├── RemoteError               3   502   a remote store failed or cannot be reached
├── Overloaded                3   503   too many requests wait
├── WorkerLost                3   503   a job ended the process that worked on it
└── JobFailed                 2   500   what a worker process answered instead, with its own kind and codes
"""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors of this package; its text is one line for a person."""

    exit_code: int = 2
    http_status: int = 500

    def __str__(self) -> str:
        return " ".join(super().__str__().split())


class InputError(KgError):
    """What was handed in is not right."""

    exit_code = 2
    http_status = 400


class ParseError(InputError):
    """A file or query does not parse.

    `source` is the file (or `query`), `line` and `column` count from 1 and are None where the
    position is not known.
    """

    def __init__(self, reason: str, source: str, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.source, self.line, self.column = reason, source, line, column
        place = ":".join(str(part) for part in (source, line, column) if part is not None)
        super().__init__(f"{place}: {reason}")


class UnknownQuery(InputError):
    """No canned query of that name."""

    http_status = 404


class BadParameter(InputError):
    """A parameter that is unknown, missing or of the wrong type."""


class UnknownName(InputError):
    """No entity of that name; `nearest` holds the names that come closest."""

    http_status = 404

    def __init__(self, name: str, nearest: list[str], kind: str = "entity") -> None:
        self.name, self.nearest = name, nearest
        hint = f"the nearest are {_quoted(nearest)}" if nearest else "list the names with: kg ask search --text WORD"
        super().__init__(f"no {kind} is called {name!r}; {hint}")


class AmbiguousName(InputError):
    """Several entities of that name; `candidates` holds their IRIs."""

    def __init__(self, name: str, candidates: list[str]) -> None:
        self.name, self.candidates = name, candidates
        super().__init__(f"{name!r} is the name of {len(candidates)} things; name one by IRI: {' '.join(candidates)}")


class DataError(InputError):
    """Claims that do not keep the shapes, or rest on nothing; nothing was stored."""

    http_status = 422


class StoreError(InputError):
    """A store file that is damaged, foreign, newer than this program, or read-only."""

    http_status = 409


class MissingExtra(InputError):
    """An optional library is not installed."""

    http_status = 501

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"this needs {library}, which is not installed; install it with: pip install 'kabar[{extra}]'")


class NotFound(InputError):
    """Nothing of that name is served."""

    http_status = 404


class NotAcceptable(InputError):
    """Nothing is there in a format that the request accepts."""

    http_status = 406


class Refused(InputError):
    """A request that is refused with a status of its own (RFC 9110, section 15)."""

    def __init__(self, status: int, reason: str) -> None:
        self.http_status = status
        super().__init__(reason)


class CheckFailed(KgError):
    """What was checked was found wanting."""

    exit_code = 1
    http_status = 422


class DeadlineExceeded(KgError):
    """A query took longer than it may."""

    exit_code = 3
    http_status = 503

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the query took longer than {seconds:g} s; narrow it, or allow more with --timeout SECONDS")


class DiskError(KgError):
    """The disk failed or is full; what was there before is still there."""

    exit_code = 3
    http_status = 507


class RemoteError(KgError):
    """A remote store failed or cannot be reached."""

    exit_code = 3
    http_status = 502


class Overloaded(KgError):
    """Too many requests wait already."""

    exit_code = 3
    http_status = 503


class WorkerLost(KgError):
    """A job ended the worker process that was at it; other jobs are not touched."""

    exit_code = 3
    http_status = 503


class JobFailed(KgError):
    """An error that a worker process met: `kind` is the error's own class, the codes are the error's own."""

    def __init__(
        self,
        kind: str,
        detail: str,
        status: int,
        line: int | None = None,
        column: int | None = None,
        exit_code: int = 2,
    ) -> None:
        self.kind, self.line, self.column = kind, line, column
        self.http_status, self.exit_code = status, exit_code
        super().__init__(detail)


def _quoted(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)
