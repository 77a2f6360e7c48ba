"""The archive that Gradescope builds an autograder from: this grader, this course's manifest and suite, a secret."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

import grader
from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.model.manifest import NAME
from grader.model.released import NAME as RELEASED

PACKAGE = Path(grader.__file__).parent
DISTRIBUTION = "descent-grader"
SCRIPTS = PACKAGE / "authoring" / "gradescope"
SKIPPED = {"__pycache__", "template", "gradescope"}


def gradescope_zip(course: Course, day: Day, secret: str) -> bytes:
    """The archive, the same bytes for the same course, versions and secret. Raises `CourseError`."""
    members = {
        "setup.sh": (SCRIPTS / "setup.sh").read_bytes(),
        "run_autograder": (SCRIPTS / "run_autograder").read_bytes().replace(b"@DAY@", day.id.encode()),
        "requirements.txt": "".join(f"{line}\n" for line in pinned()).encode(),
        "secret": f"{secret}\n".encode(),
    }
    members |= {f"grader/{name}": path.read_bytes() for name, path in _own_files(course, day)}
    members |= {f"course/{name}": path.read_bytes() for name, path in _course_files(course, day)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(members.items()):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (0o100755 if name in ("setup.sh", "run_autograder") else 0o100600) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pinned() -> list[str]:
    """What this grader needs, each in the version that is installed here: `torch==2.11.0`."""
    try:
        needed = map(Requirement, metadata.requires(DISTRIBUTION) or [])
        own = [each for each in needed if each.marker is None or "extra" not in str(each.marker)]
        # a local label (+cpu) is of the place where the wheel came from
        return [_pin(each) for each in own if each.marker is None or each.marker.evaluate()]
    except metadata.PackageNotFoundError as error:
        raise CourseError(
            f"{error.name} is not installed here, so its version cannot be pinned; pip install it"
        ) from None


def _pin(requirement: Requirement) -> str:
    return f"{requirement.name}=={metadata.version(requirement.name).partition('+')[0]}"


def _own_files(course: Course, day: Day) -> Iterator[tuple[str, Path]]:
    """The package, less the suites of other days."""
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE)
        if not path.is_file() or SKIPPED & set(name.parts):
            continue
        suite = name.parts[0] == "suites" and len(name.parts) > 2
        if not suite or (course.suites == "grader.suites" and name.parts[1] == day.id):
            yield name.as_posix(), path


def _course_files(course: Course, day: Day) -> Iterator[tuple[str, Path]]:
    """The manifest, what was given out, and a suite that lives beside the manifest. No solution."""
    yield NAME, course.root / NAME
    released = course.root / course.assignments / day.id / RELEASED
    if released.is_file():
        yield f"{course.assignments}/{day.id}/{RELEASED}", released
    if course.suites.split(".")[0] == "grader":
        return
    folder = Path(*course.suites.split("."))
    shared = [*(course.root / folder.parts[0]).glob("*.py"), *(course.root / folder).glob("*.py")]
    for path in sorted({*shared, *(course.root / folder / day.id).glob("*.py")}):
        yield path.relative_to(course.root).as_posix(), path
