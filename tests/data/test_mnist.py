"""The bundled MNIST: its content, its cache and what happens when either is damaged."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from grader.data import DataError, bundle, cache, digits, mnist, torchvision_root
from grader.data.bundle import MNIST_FILES, RAW, TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    monkeypatch.setattr(cache, "_good", {})
    digits._in_memory.cache_clear()
    return folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small bundled files, to be damaged."""
    here = tmp_path / "site" / "grader" / "data"
    (here / RAW).mkdir(parents=True)
    for file in (TEST_IMAGES, TEST_LABELS):
        shutil.copy(bundle.HERE / RAW / f"{file.name}.gz", here / RAW)
    monkeypatch.setattr(bundle, "HERE", here)
    return here / RAW


def test_importing_the_package_imports_no_torch() -> None:
    code = "import sys, grader.data; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_training_set_is_the_real_one() -> None:
    images, labels = mnist("train")
    assert images.shape == (60_000, 28, 28)
    assert images.dtype == torch.uint8
    assert labels.shape == (60_000,)
    assert labels.dtype == torch.int64
    assert labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert labels.bincount().tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]  # fmt: skip
    assert images.double().mean().item() / 255 == pytest.approx(0.1307, abs=5e-5)


def test_the_test_set_is_the_real_one() -> None:
    images, labels = mnist("test")
    assert images.shape == (10_000, 28, 28)
    assert labels.shape == (10_000,)
    assert labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert images.double().mean().item() / 255 == pytest.approx(0.1325, abs=5e-5)


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(ValueError, match="'valid'"):
        mnist("valid")  # type: ignore[arg-type]  # what a caller without a type checker may do


def test_the_second_call_does_not_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = mnist("test")
    monkeypatch.setattr(cache, "unpack", lambda file: pytest.fail("unpacked again"))
    second, _ = mnist("test")
    assert torch.equal(first, second)


def test_a_caller_cannot_spoil_the_data_for_the_next(cache_folder: Path) -> None:
    images, labels = mnist("test")
    images.zero_()
    labels.zero_()
    again, new_labels = mnist("test")
    assert again.any()
    assert new_labels.any()
    assert any((cache_folder / RAW / TEST_IMAGES.name).read_bytes()[16:])


@pytest.mark.parametrize("damage", ["truncated", "altered", "emptied"])
def test_a_damaged_cache_is_rebuilt(cache_folder: Path, damage: str) -> None:
    sound, _ = mnist("test")
    sound = sound.clone()  # the mapping below may lose its file
    path = cache_folder / RAW / TEST_IMAGES.name
    content = bytearray(path.read_bytes())
    path.unlink()
    if damage == "altered":
        content[5000] ^= 1
    path.write_bytes({"truncated": content[:-1], "altered": content, "emptied": bytearray()}[damage])
    cache._good.clear()
    assert torch.equal(mnist("test")[0], sound)
    assert path.stat().st_size == TEST_IMAGES.size


def test_a_change_of_a_file_found_good_before_is_noticed(cache_folder: Path) -> None:
    sound = mnist("test")[0].clone()
    path = cache_folder / RAW / TEST_IMAGES.name
    path.unlink()
    path.write_bytes(bytes(TEST_IMAGES.size))
    assert torch.equal(mnist("test")[0], sound)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "a file, not a folder"
    occupied.write_text("")
    monkeypatch.setenv(cache.VARIABLE, str(occupied))
    images, _ = mnist("test")
    assert images.shape == (10_000, 28, 28)
    images.zero_()
    assert mnist("test")[0].any()
    with pytest.raises(DataError, match=cache.VARIABLE):
        torchvision_root()


def test_without_a_home_folder_the_data_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_root", lambda: None)
    assert mnist("test")[1].shape == (10_000,)


def test_nothing_but_the_files_is_left_in_the_cache(cache_folder: Path) -> None:
    mnist("test")
    assert {path.name for path in (cache_folder / RAW).iterdir()} == {
        TEST_IMAGES.name,
        TEST_LABELS.name,
    }


def test_a_write_that_fails_leaves_nothing_behind(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert mnist("test")[0].any()
    assert list((cache_folder / RAW).iterdir()) == []


def test_a_missing_bundled_file_is_named_with_its_remedy(package: Path) -> None:
    (package / f"{TEST_LABELS.name}.gz").unlink()
    with pytest.raises(DataError, match=r"t10k-labels-idx1-ubyte\.gz.*git checkout -- grader/data"):
        mnist("test")


def test_a_damaged_bundled_file_is_named_with_its_remedy(package: Path) -> None:
    path = package / f"{TEST_IMAGES.name}.gz"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DataError, match=r"t10k-images-idx3-ubyte\.gz is damaged.*reinstall"):
        mnist("test")


def test_a_good_cache_serves_even_when_the_bundled_file_is_gone(package: Path) -> None:
    mnist("test")
    (package / f"{TEST_IMAGES.name}.gz").unlink()
    assert mnist("test")[0].any()


def test_torchvision_reads_it_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("torchvision.datasets")
    monkeypatch.setattr("urllib.request.urlopen", lambda *args, **kwargs: pytest.fail("went to the network"))
    dataset = datasets.MNIST(torchvision_root(), train=False, download=True)
    images, labels = mnist("test")
    assert torch.equal(dataset.data, images)
    assert torch.equal(dataset.targets, labels)


def test_the_checkout_holds_the_compressed_files_only() -> None:
    packed = {path.name for path in (bundle.HERE / RAW).glob("*.gz")}
    assert packed == {f"{file.name}.gz" for file in MNIST_FILES}
    assert TRAIN_IMAGES.size > sum((bundle.HERE / RAW / name).stat().st_size for name in packed)
