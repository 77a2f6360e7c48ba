"""The first code of a clean process, started by file path: nothing of the course can be imported here.

It makes a package `judge` out of the named files of this folder and of nothing else, so that they import each other as
they always do, and calls one function in it. The process is started in this folder and with a relative path, and code
carries made-up file names, so that not even the place of these files is found in the process's memory.
"""

import json
import socket
import sys
import types
from pathlib import Path
from typing import Any

ZYGOTE = ("kernel", "syscalls", "view", "ground", "walls", "zygote")
PLAIN = ("plain",)


class NoCourse:
    """Stops `import grader` early. A convenience: what keeps the course out is that its files are not there."""

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] == "grader":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def load(name: str, source: str) -> types.ModuleType:
    """Module `judge.name` from its source."""
    module = types.ModuleType(f"judge.{name}")
    module.__package__, module.__file__ = "judge", f"judge/{name}.py"
    sys.modules[module.__name__] = module
    setattr(sys.modules["judge"], name, module)
    exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)
    return module


def own_limits() -> None:
    """A judge's end to its address space is not ours: whoever needs one sets it."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def main() -> None:
    own_limits()
    control = socket.socket(fileno=int(sys.argv[1]))
    told = b""
    while not told.endswith(b"\n"):
        if not (more := control.recv(1 << 20)):
            sys.exit("the judge went before it had said what to do")
        told += more
    config: dict[str, Any] = json.loads(told)
    sys.path += config["path"]
    sys.meta_path.insert(0, NoCourse())
    package = types.ModuleType("judge")
    package.__path__ = []
    sys.modules["judge"] = package
    own = ZYGOTE if config["zygote"] else PLAIN
    sources = {name: Path(f"{name}.py").read_text("utf-8") for name in own}
    served = {name: Path(path).read_text("utf-8") for name, path in config["serve"].items()}
    sys.argv[1:] = []
    for name in own:
        entry = load(name, sources[name])
    entry.main(control, config, lambda: [load(name, source) for name, source in served.items()])


if __name__ == "__main__":
    main()
