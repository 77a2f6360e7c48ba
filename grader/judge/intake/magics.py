"""A notebook cell as plain Python: what IPython adds to the language, taken out again."""

import re

_CELL_MAGIC = re.compile(r"%%\s*([\w.]*)")
_RUNS_ITS_BODY = {"time", "timeit", "capture", "prun", "check"}

_LINE_MAGIC = re.compile(r"[%!?]")
_TIME = re.compile(r"\A([ \t]*)%time[ \t]+(?=[^\s-])")
_ASSIGNED = re.compile(r"([^\W\d][\w.]*)[ \t]*=[ \t]*[%!]")
_COURSE = re.compile(r"(?:import grader|grader\.check\([^()]*\))[ \t]*+;?[ \t]*+(?:#.*)?\Z")
_HELP = re.compile(r"%{0,2}[^\W\d][\w.*]*\?{1,2}[ \t]*\Z")

# What decides whether the next line begins a statement; everything between is passed over.
_KERNEL_BARS = re.compile(r"(?:(?<=from )|(?<=import ))tqdm\.notebook\b|\btqdm\.notebook(?=\.t)")
_TOKEN = re.compile(r"""\"{3}|'{3}|["'#]|[(\[{]|[)\]}]""")
# Possessive repeats, here and above: nothing to go back to, however long the string or the line, and however it ends.
_REST_OF_STRING = {
    '"': re.compile(r'(?:[^"\\]++|\\.)*+"'),
    "'": re.compile(r"(?:[^'\\]++|\\.)*+'"),
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+"""'),
    "'''": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+'''"),
}


def plain_cell(source: str) -> str:
    """A cell's source with each magic, shell line and question to the help system as a comment.

    Lines keep their numbers, and a `pass` stands where a statement was, so that an `if` with nothing but a magic in it
    still has a body. `%time statement` keeps its statement; `name = !command` makes the name None. A cell that is
    timed or whose output is captured keeps all but its first line; one under any other cell magic, which is
    not Python or not run as such, becomes empty. The course's own `import grader` and `grader.check("mse")` count as
    magics: they are for the student's kernel. `tqdm.notebook`, whose bars need a kernel's widgets, becomes `tqdm.auto`,
    which does without where there are none. A `%` within brackets, strings or a continued line is an operator.
    """
    lines = _dedented(_KERNEL_BARS.sub("tqdm.auto", source).split("\n"))
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if magic := _CELL_MAGIC.match(lines[first]):
        if magic[1] not in _RUNS_ITS_BODY:
            return ""
        lines[first] = f"# {lines[first]}"
    return "\n".join(_plain_lines(lines))


def plain_script(source: str) -> str:
    """A module's source with the course's own lines as comments: a script that was saved from a notebook has them."""
    plain: list[str] = []
    scan = _Scan()
    for line in source.split("\n"):
        ours = scan.at_statement and _COURSE.match(line.lstrip(" \t"))
        plain.append(_commented(line) if ours else line)
        scan.feed(line)
    return "\n".join(plain)


def holds_code(source: str) -> bool:
    """Whether a cell holds anything but comments, magics and the course's own lines."""
    lines = (line.lstrip(" \t") for line in plain_cell(source).split("\n"))
    return any(line and not line.startswith(("#", "pass  # ")) for line in lines)


def _dedented(lines: list[str]) -> list[str]:
    """As IPython does for a cell pasted from within a function: the first statement's indentation goes everywhere."""
    first = next((line for line in lines if line.strip() and line.lstrip()[0] not in "#\\"), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return [line.removeprefix(indent) for line in lines]


def _plain_lines(lines: list[str]) -> list[str]:
    plain: list[str] = []
    scan = _Scan()
    commented = False  # inside a magic that a backslash continues
    for line in lines:
        if commented:
            commented = line.endswith("\\")
            plain.append(f"# {line}")
        elif scan.at_statement:
            statement = _untimed(line)
            plain.append(_without_magic(statement))
            commented = plain[-1] != statement and line.endswith("\\")
            scan.feed(plain[-1])
        else:
            plain.append(line)
            scan.feed(line)
    return plain


def _untimed(line: str) -> str:
    """What `%time` times, which defines names like any other statement."""
    return _TIME.sub(r"\1", line)


def _without_magic(line: str) -> str:
    """The line, which begins a statement, as Python."""
    body = line.lstrip(" \t")
    if _LINE_MAGIC.match(body) or _HELP.match(body) or _COURSE.match(body):
        return _commented(line)
    if assigned := _ASSIGNED.match(body):
        return _commented(line, f"{assigned[1]} = None")
    return line


def _commented(line: str, instead: str = "pass") -> str:
    body = line.lstrip(" \t")
    return f"{line[: len(line) - len(body)]}{instead}  # {body}"


class _Scan:
    """Reads a cell line by line and knows whether the next line begins a statement.

    Python's own tokenizer does not serve: from 3.12 on it stops at the first character that is not Python.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._string = ""  # the quotes that the open string ends with
        self._continued = False

    @property
    def at_statement(self) -> bool:
        return not (self._depth or self._string or self._continued)

    def feed(self, line: str) -> None:
        self._continued = False
        place = 0
        while place < len(line):
            if self._string:
                place = self._close_string(line, place)
                continue
            token = _TOKEN.search(line, place)
            if token is None or token[0] == "#":
                break
            place = token.end()
            if token[0][0] in "\"'":
                self._string = token[0]
            else:
                self._depth = max(0, self._depth + (1 if token[0] in "([{" else -1))
        self._end_line(line, comment=not self._string and "#" in line[place:])

    def _close_string(self, line: str, place: int) -> int:
        end = _REST_OF_STRING[self._string].match(line, place)
        if end is None:
            return len(line)
        self._string = ""
        return end.end()

    def _end_line(self, line: str, comment: bool) -> None:
        self._continued = line.endswith("\\") and not comment
        if len(self._string) == 1 and not self._continued:
            self._string = ""  # a string that its line does not end is an error that Python will name
