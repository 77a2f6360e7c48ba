#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: a virtual environment with exactly the versions that the instructor has.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
venv=${AUTOGRADER_VENV:-$root/venv}

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends libseccomp2 python3 python3-pip python3-venv

python=
for candidate in python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
if [ -n "$python" ]; then
    "$python" -m venv "$venv"
else # an image whose Python is too old
    python3 -m pip install --quiet uv
    python3 -m uv venv --seed --python 3.12 "$venv"
fi
"$venv/bin/python" -m pip install --quiet -r "$root/source/requirements.txt"
# suites and secret are root's alone; student code runs as nobody
chmod -R go-rwx "$root/source"
