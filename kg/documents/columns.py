"""Pieces of lines on a page put in reading order: rows, and columns where a gutter runs between them.

Columns are found as by the recursive XY cut (Nagy and Seth, 1984), with a heading above them and notes below cut off.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.documents.paragraphs import Line

_LEAST_ROWS = 3
"""Rows that a column has at least, but for the last of a text; what has fewer is a table or a heading."""
_LEAST_LETTERS = 12
"""Characters that a column's rows have on average, at least; what has fewer is a table."""
_DEEPEST = 8
_MOST_CUTS = 60


def columns(pieces: Sequence[Line], depth: int = 0) -> list[list[Line]]:
    """The columns of a page in reading order, each as rows from top to bottom."""
    rows = _rows(pieces)
    if (len(rows) < 2 * _LEAST_ROWS and depth == 0) or depth > _DEEPEST:
        return [_as_lines(rows)] if rows else []
    for first, last in _cuts(len(rows)):
        part = [piece for row in rows[first:last] for piece in row]
        gutter = _gutter(part)
        if gutter is None:
            continue
        sides = [piece for piece in part if piece.right <= gutter], [piece for piece in part if piece.left >= gutter]
        above, below = _as_lines(rows[:first]), _as_lines(rows[last:])
        inner = [column for side in sides for column in columns(side, depth + 1)]
        return [column for column in (above, *inner, below) if column]
    return [_as_lines(rows)] if rows else []


def _cuts(count: int) -> list[tuple[int, int]]:
    """The runs of rows that may be columns, the longest first: with rows cut off above, below or both."""
    cuts = [(first, last) for first in range(count) for last in (count, count - 1, count - 2) if last - first >= 3]
    return sorted(cuts, key=lambda cut: cut[0] - cut[1])[:_MOST_CUTS]


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces that stand side by side, from top to bottom, each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left)):
        if rows and _is_beside(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _is_beside(row: list[Line], piece: Line) -> bool:
    first = row[0]
    return abs(first.middle - piece.middle) < 0.4 * min(first.height, piece.height)


def _gutter(pieces: list[Line]) -> float | None:
    """Where a gap runs from top to bottom between two columns of text; None where there is none."""
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    height = sorted(piece.height for piece in pieces)[len(pieces) // 2]
    ordered = sorted(pieces, key=lambda piece: piece.left)
    reach, best, width = ordered[0].right, None, 0.6 * height
    for number, piece in enumerate(ordered):
        if piece.left - reach > width and _are_columns(ordered[:number], ordered[number:]):
            best, width = (reach + piece.left) / 2, piece.left - reach
        reach = max(reach, piece.right)
    return best


def _are_columns(*sides: list[Line]) -> bool:
    """Whether what stands on either side of a gap is running text; the last column of a text may be short."""
    counts = [len(_rows(side)) for side in sides]
    if max(counts) < _LEAST_ROWS or (min(counts) < _LEAST_ROWS and max(counts) < 2 * _LEAST_ROWS):
        return False
    return all(
        sum(len(piece.text.strip()) for piece in side) >= _LEAST_LETTERS * count * _density(side)
        for side, count in zip(sides, counts, strict=True)
    )


def _density(side: list[Line]) -> float:
    """How many letters of other scripts one of this says: one of Chinese says as much as two."""
    text = "".join(piece.text for piece in side)
    return 0.5 if sum("\u2e80" <= char <= "\u9fff" for char in text) * 2 > len(text) else 1.0


def _as_lines(rows: list[list[Line]]) -> list[Line]:
    """Each row as one line."""
    return [
        Line(
            " ".join(piece.text.strip() for piece in row),
            row[0].left,
            max(piece.right for piece in row),
            max(piece.top for piece in row),
            min(piece.bottom for piece in row),
        )
        for row in rows
    ]
