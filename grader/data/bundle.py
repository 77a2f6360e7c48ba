"""The data files that ship with the package, each checked before it is believed."""

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from grader.model.errors import DescentError

HERE = Path(__file__).parent
RAW = Path("MNIST") / "raw"
"""Where torchvision looks for the files, below the root that it is given."""

IMAGE_HEADER = 16
"""Bytes before the first pixel: magic number, images, rows, columns."""
LABEL_HEADER = 8
"""Bytes before the first label: magic number, labels."""


class DataError(DescentError):
    """Bundled data are missing, damaged or cannot be unpacked; the message says what restores them."""


@dataclass(frozen=True)
class Bundled:
    """One IDX file of MNIST.

    `sha256` is that of the compressed file in the package; `size` and `crc32` are those of the unpacked file, in
    bytes. The CRC tells a damaged unpacked file from a good one eight times as fast as a SHA-256 would, and
    is no weaker where it is used: whoever can write a user's cache can change the user's packages as well.
    """

    name: str
    sha256: str
    size: int
    crc32: int


TRAIN_IMAGES = Bundled(
    "train-images-idx3-ubyte",
    "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971",
    47_040_016,
    0xE9F4D8B3,
)
TRAIN_LABELS = Bundled(
    "train-labels-idx1-ubyte",
    "1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203",
    60_008,
    0xE0CB4AD2,
)
TEST_IMAGES = Bundled(
    "t10k-images-idx3-ubyte",
    "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be",
    7_840_016,
    0x91373BDF,
)
TEST_LABELS = Bundled(
    "t10k-labels-idx1-ubyte",
    "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b",
    10_008,
    0x4AB9EFF9,
)
MNIST_FILES = (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)


def unpack(file: Bundled) -> bytes:
    """The unpacked bytes of a bundled file.

    Raises:
        DataError: the file is missing or is not the one that was released.
    """
    path = HERE / RAW / f"{file.name}.gz"
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}). {_remedy(path)}") from error
    if hashlib.sha256(packed).hexdigest() != file.sha256:
        raise DataError(f"{path} is damaged: its SHA-256 is not {file.sha256}. {_remedy(path)}")
    return zlib.decompress(packed, wbits=31, bufsize=file.size)


def _remedy(path: Path) -> str:
    below = path.relative_to(HERE.parent.parent).as_posix()
    return (
        f"Restore it with `git checkout -- {below}` in a clone of the course, "
        "or install the package anew with `pip install --force-reinstall`."
    )
