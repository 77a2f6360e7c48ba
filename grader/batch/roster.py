"""The class list, and whose an entry is: ids, e-mail addresses and names, whatever a system made of them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.gradebook.entry import Person
from grader.model.cells import bare
from grader.model.errors import CourseError

OWN = ("id", "name", "email", "first_name", "last_name")
ROSTER_BYTES = 16 << 20


def read_roster(path: Path) -> list[Person]:
    """The students of a CSV file. Raises `CourseError` with file and line.

    Columns `id` and, if there are any, `name` (or `first_name`, `last_name`) and `email`; every other column is the id
    that some system knows the student by: `canvas`, `moodle`, `gradescope`, `github`.
    """
    try:
        text = path.read_bytes()[:ROSTER_BYTES].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: not a roster in UTF-8: {error}") from None
    return roster_of(text, str(path))


def roster_of(text: str, name: str) -> list[Person]:
    """The students of a CSV text; `name` stands in errors. Commas, semicolons or tabs, as the first line has them."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    columns = {column: column.strip().casefold().replace(" ", "_") for column in rows.fieldnames or () if column}
    if "id" not in columns.values():
        raise CourseError(f"{name}:1: a roster has a column `id`; this one has {', '.join(columns) or 'nothing'}")
    people: dict[str, Person] = {}
    for row in rows:
        cells = {columns[key]: bare((value or "").strip()) for key, value in row.items() if key in columns}
        if not any(cells.values()):
            continue
        key = cells["id"]
        if not key or key in people:
            why = f"the id {key!r} stands twice" if key else "a student without an id"
            raise CourseError(f"{name}:{rows.line_num}: {why}")
        people[key] = _person(key, cells)
    return list(people.values())


def _person(key: str, cells: dict[str, str]) -> Person:
    full = cells.get("name") or " ".join(filter(None, (cells.get("first_name"), cells.get("last_name"))))
    ids = {column: value for column, value in cells.items() if column not in OWN and value}
    return Person(key, full, cells.get("email", ""), ids, on_roster=True)


class Roster:
    """Finds students by whatever an entry's name holds. What two students share finds nobody."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._found: dict[str, Person | None] = {}
        for person in people:
            for name in {squeezed(name) for name in _names(person)} - {""}:
                taken = self._found.setdefault(name, person)
                if taken is not None and taken.key != person.key:
                    self._found[name] = None
            self._exact(person)

    def _exact(self, person: Person) -> None:
        """An id goes before what others are called."""
        self._found[f"id:{person.key.casefold()}"] = person

    def find(self, names: Iterable[str]) -> Person | None:
        """The student of the first of these names that tells."""
        for name in names:
            person = self._found.get(f"id:{name.casefold()}") or self._found.get(squeezed(name))
            if person is not None:
                return person
        return None


def squeezed(name: str) -> str:
    """A name without case, accents, spaces and punctuation: "O'Brien, Zoë" and "obrienzoe" are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)))


def _names(person: Person) -> Iterator[str]:
    yield from (person.key, person.email, person.email.partition("@")[0], *person.ids.values())
    words = person.name.replace(",", " ").split()
    # first names first or last names first, wherever the one ends and the other begins
    yield from ("".join(words[turn:] + words[:turn]) for turn in range(len(words)))
