"""What may be typed: every command with its options, help and examples; a query's parameters become options."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import kg
from kg.cli.commands import COMMANDS
from kg.cli.output import GRAPH_FORMATS, ROW_FORMATS
from kg.errors import BadParameter, InputError
from kg.query import catalog
from kg.terms import LANGUAGES

DEFAULT_TIMEOUT = 30.0


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours: one line, no usage text."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line."""
        raise InputError(f"{message}; see: {self.prog} --help")


def run(arguments: list[str]) -> int:
    """Parse and run one command line, and return its exit code."""
    if not arguments:
        build().print_help()
        return 0
    words = _words(arguments)
    command = words[0] if words and words[0] in COMMANDS else None
    query = words[1] if command == "ask" and len(words) > 1 else None
    parser = build(command, query, _option(arguments, "--queries"))
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise _unknown(options, unknown)
    if options.command is None:
        parser.print_help()
        return 0
    module = import_module(f"kg.cli.{options.command}")
    return int(module.run(options))


def build(
    command: str | None = None, query: str | None = None, folder: str | None = None, complete: bool = False
) -> argparse.ArgumentParser:
    """The parser of one command line: of one command and one query where they are known, else of all commands.

    `complete` adds the parameters of every query, for completion scripts.
    """
    parser = _Parser(
        prog="kg",
        description="What news reports say about economic cooperation: every answer with the sentence that says so.",
        epilog="start with:\n  kg ask who-said-what\n  kg ask who-invested-where --place Beijing\n  kg show SmartMore",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    _add_store(parser, None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, (does, examples) in COMMANDS.items():
        if command not in (None, name):
            continue
        one = commands.add_parser(
            name,
            help=does,
            description=does[0].upper() + does[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name not in ("completion", "diff", "read"):
            _add_store(one, argparse.SUPPRESS)
        _arguments_of(name)(one)
        if name == "ask":
            _add_queries(one, query, folder, complete)
    return parser


def _arguments_of(command: str) -> Callable[[argparse.ArgumentParser], None]:
    """What adds a command's own arguments: it stands here, or in a module of its name where that is quick to import."""
    if command in _ARGUMENTS:
        return _ARGUMENTS[command]
    found: Callable[[argparse.ArgumentParser], None] = import_module(f"kg.cli.{command}").arguments
    return found


def _add_store(parser: argparse.ArgumentParser, default: object) -> None:
    given = default if default is not None else os.environ.get("KG_STORE") or None
    parser.add_argument(
        "--store",
        metavar="PATH|URL",
        default=given,
        help="a store file, an RDF file or a SPARQL endpoint (or KG_STORE)",
    )


def _add_queries(command: argparse.ArgumentParser, query: str | None, folder: str | None, complete: bool) -> None:
    """A parser for the named query with its parameters as options, or for every query."""
    names = catalog.names() if complete else [query] if query else []
    queries = command.add_subparsers(dest="query", metavar="NAME", parser_class=_Parser)
    for name in names:
        known = _load(name, folder)
        examples = [_example(name, example) for example in known.examples]
        one = queries.add_parser(
            name,
            help=known.title["en"],
            description=f"{known.question['en']}\n\n{known.description}",
            epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        _add_store(one, argparse.SUPPRESS)
        for parameter in known.parameters.values():
            kind = "YYYY[-MM[-DD]]" if parameter.type == "date" else "TEXT" if parameter.type == "text" else "NAME"
            note = parameter.help + (" (several: give it again)" if parameter.many else "")
            one.add_argument(
                f"--{parameter.name}", action="append", metavar=kind, dest=f"param_{parameter.name}", help=note
            )
        _answer_options(one, argparse.SUPPRESS)


def _load(name: str, folder: str | None) -> catalog.Query:
    own = Path(folder) if folder else None
    if own is not None and name in catalog.names(own):
        return catalog.load(name, own)
    return catalog.load(name)


def _example(name: str, example: object) -> str:
    assert isinstance(example, dict)
    words = [f"--{key} {value!r}" if " " in str(value) else f"--{key} {value}" for key, value in example.items()]
    return " ".join(["kg ask", name, *words])


def _answer_options(parser: argparse.ArgumentParser, suppress: object = None) -> None:
    """The options that every answer takes; on a query's own parser they must not undo those before its name."""

    def default(value: object) -> object:
        return value if suppress is None else suppress

    parser.add_argument("--format", choices=ROW_FORMATS, default=default("table"), help="table unless given")
    parser.add_argument("--lang", choices=LANGUAGES, default=default("en"), help="language of labels")
    parser.add_argument("--limit", type=whole, metavar="N", default=default(None), help="give at most N rows")
    parser.add_argument(
        "--queries", metavar="DIR", default=default(None), help="a folder of canned queries of your own"
    )
    parser.add_argument(
        "--how", action="store_true", default=default(False), help="say on standard error how it was answered"
    )
    parser.add_argument(
        "--print-query", action="store_true", default=default(False), help="print the SPARQL, do not run it"
    )
    _timeout(parser, default(DEFAULT_TIMEOUT))


def _timeout(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        default=default,
        help=f"deadline, {DEFAULT_TIMEOUT:g} unless given",
    )


def _sparql_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "query", metavar="QUERY|FILE|-", help="the query, a file that holds it, or - for standard input"
    )
    command.add_argument(
        "--format", choices=(*ROW_FORMATS, *GRAPH_FORMATS), default=None, help="table or turtle unless given"
    )
    command.add_argument("--asserted", action="store_true", help="leave out what is inferred")
    _timeout(command, DEFAULT_TIMEOUT)


def _show_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", metavar="NAME", help="any name of an entity, a path such as person/li-zhijie, or an IRI"
    )
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of labels")
    command.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    command.add_argument(
        "--original", action="store_true", help="write the file that the report came in, byte for byte"
    )


def _explain_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("term", nargs="+", metavar="TERM", help="a subject, predicate and object; or a subject alone")


def _read_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "report", nargs="+", metavar="REPORT", help="text, HTML, PDF or DOCX, a folder of them, or - (text)"
    )
    command.add_argument(
        "--format",
        choices=("json", "trig", "text"),
        default="json",
        help="json unless given; text: what offsets refer to",
    )
    command.add_argument("--language", metavar="CODE", help="the report's language; found by itself unless given")
    command.add_argument("--date", metavar="YYYY-MM-DD", help="the report's date; its dateline's unless given")
    command.add_argument("--explain", action="store_true", help="show the rule and the words behind each thing")
    _jobs_argument(command)
    _arguments_of("models")(command)


def _add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="reports as text (- for standard input), HTML, PDF, DOCX or YAML; entities in YAML; RDF; folders",
    )
    command.add_argument("--format", metavar="SYNTAX", help="the RDF syntax, where the ending does not tell")
    command.add_argument("--from-shipped", action="store_true", help="begin with all that ships")
    command.add_argument("--report", metavar="SLUG", help="the report's own slug; its file's name unless given")
    command.add_argument("--publisher", metavar="NAME", help="who published the reports that are read")
    command.add_argument("--date", metavar="YYYY-MM-DD", help="their date; their datelines' unless given")
    command.add_argument("--url", metavar="URL", help="where the report was found")
    command.add_argument("--language", metavar="CODE", help="their language; found by itself unless given")
    _jobs_argument(command)
    _arguments_of("models")(command)


def _jobs_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--jobs", type=whole, metavar="N", help="processes that read; as many as there are cores")


def _remove_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("report", metavar="REPORT", help="a report by its slug, title or IRI")


def _judging_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", nargs="+", metavar="NAME", help="entities by any name, path or IRI; claims by path or IRI"
    )
    command.add_argument("--because", metavar="TEXT", help="the reason")
    command.add_argument("--by", metavar="NAME", help="who judges, by name, path or IRI")
    command.add_argument("--undo", action="store_true", help="take the judgement back")


def _candidates_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="only pairs with this entity or claim")
    command.add_argument(
        "--class",
        action="append",
        choices=_CANDIDATE_CLASSES,
        dest="kinds",
        help="only of this class (several: give it again)",
    )
    command.add_argument("--least", type=whole, metavar="N", help="the lowest score, from 0 to 100; 80 unless given")
    command.add_argument("--limit", type=whole, metavar="N", help="give at most N rows")
    command.add_argument("--format", choices=ROW_FORMATS, default="table", help="table unless given")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of labels")
    _timeout(command, DEFAULT_TIMEOUT)


def _diff_arguments(command: argparse.ArgumentParser) -> None:
    state = "a store file, an RDF file, a SPARQL endpoint, or the word shipped"
    command.add_argument("before", metavar="A", help=f"the earlier state: {state}")
    command.add_argument("after", metavar="B", help="the later state")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of labels")
    command.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")


def _check_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", nargs="*", type=Path, metavar="FILE", help="files to check; without any, the graph")
    command.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")


def _export_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="the file to write; without one, standard output"
    )
    command.add_argument(
        "--format", metavar="SYNTAX", help="turtle ntriples nquads trig jsonld rdfxml csv; else by the ending"
    )
    command.add_argument("--inferred", action="store_true", help="with what is inferred")


def _push_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("endpoint", metavar="ENDPOINT", help="the address of the triple store")
    command.add_argument(
        "--profile", metavar="NAME|FILE", help="the kind of store, or a TOML file about it; found out unless given"
    )
    command.add_argument("--inferred", action="store_true", help="with what is inferred")
    command.add_argument("--dry-run", action="store_true", help="say what would be sent, and change nothing")
    command.add_argument("--resume", action="store_true", help="go on with a push that was cut")
    command.add_argument(
        "--verify", choices=("counts", "values"), default="counts", help="compare counts, or the triples by value"
    )
    command.add_argument(
        "--replace-default", action="store_true", help="empty the default graph first, of what others put there too"
    )
    command.add_argument("--source", metavar="NAME", help="what the store's record calls this graph; its file's name")
    command.add_argument("--journal", type=Path, metavar="PATH", help="where to keep what --resume reads")
    command.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", default=3600.0, help="for all of it, 3600 unless given"
    )


def _completion_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


_CANDIDATE_CLASSES = ("person", "organization", "place", "event", "series", "deal")

_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "ask": _answer_options,
    "sparql": _sparql_arguments,
    "show": _show_arguments,
    "explain": _explain_arguments,
    "read": _read_arguments,
    "add": _add_arguments,
    "remove": _remove_arguments,
    "same": _judging_arguments,
    "different": _judging_arguments,
    "diff": _diff_arguments,
    "candidates": _candidates_arguments,
    "check": _check_arguments,
    "export": _export_arguments,
    "push": _push_arguments,
    "completion": _completion_arguments,
}


def _words(arguments: Sequence[str]) -> list[str]:
    """The first two words that are no options: the command, and for `ask` the query."""
    takes_value = {"--store", "--format", "--lang", "--limit", "--queries", "--timeout"}
    words: list[str] = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in takes_value:
            skip = True
        elif not argument.startswith("-"):
            words.append(argument)
        if len(words) == 2:
            break
    return words


def _option(arguments: Sequence[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == name and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
    return None


def _unknown(options: argparse.Namespace, unknown: list[str]) -> InputError:
    """An error for arguments nobody knows, with the parameter that was perhaps meant."""
    query = getattr(options, "query", None)
    first = unknown[0]
    if options.command == "ask" and query and first.startswith("--"):
        from kg.names import nearest

        known = sorted(name.removeprefix("param_") for name in vars(options) if name.startswith("param_"))
        name = first[2:].partition("=")[0]
        near = nearest(name, known, 1)
        hint = f"did you mean --{near[0]}?" if near else f"its parameters are {' '.join('--' + each for each in known)}"
        return BadParameter(f"{query} has no parameter {name!r}; {hint}")
    return InputError(f"unknown argument {first!r}; see: kg {options.command or ''} --help".replace("  ", " "))


def whole(text: str) -> int:
    """An argument that must be a whole number from 0 on."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def seconds(text: str) -> float:
    """An argument that must be a number of seconds above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return number


def main_parser() -> argparse.ArgumentParser:
    """The whole parser, for completion scripts and reference pages."""
    return build(complete=True)
