"""The bundled MNIST and the stroke glyphs. Importing this imports no torch."""

from grader.data.bundle import DataError
from grader.data.digits import mnist, torchvision_root

__all__ = ["DataError", "mnist", "torchvision_root"]
