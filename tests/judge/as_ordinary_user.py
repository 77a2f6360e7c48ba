"""Runs a command as an ordinary user, `nobody`: `python as_ordinary_user.py COMMAND...`

Root's own interpreter often lies below a folder that only root may enter. In a mount namespace of its own, such a
folder is covered by an empty one in which only the interpreter can be seen.
"""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.judge import kernel

NOBODY = 65534


def closed_folder(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not enter."""
    for folder in (*reversed(path.parents), path):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def uncover(path: Path) -> None:
    closed = closed_folder(path)
    if closed is None:
        return
    aside = tempfile.mkdtemp()
    kernel.bind(str(path), aside)
    kernel.mount("open", str(closed), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755")
    path.mkdir(parents=True)
    kernel.bind(aside, str(path))
    kernel.unmount(aside)
    Path(aside).rmdir()


def main() -> int:
    kernel.unshare(kernel.NEW_NAMESPACE["mounts"])
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    uncover(Path(sys.base_prefix).resolve())
    with tempfile.TemporaryDirectory(prefix="descent-home-") as home:
        os.chown(home, NOBODY, NOBODY)
        environment = {**os.environ, "HOME": home, "TMPDIR": home}
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.run(sys.argv[1:], env=environment, check=False, **user).returncode


if __name__ == "__main__":
    sys.exit(main())
