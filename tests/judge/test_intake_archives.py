"""Archives that students hand in: every kind that is taken, and every trick that is not."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.judge.intake import archive, intake, listing, tar
from grader.model.submission import Submission, SubmissionError

SOURCE = b"def mse(pred, target):\n    return ((pred - target) ** 2).mean()\n"

TAR_MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.xz": "w:xz", ".tar.bz2": "w:bz2"}


def take(path: Path) -> Submission:
    return intake(path, "losses.py", "day10.ipynb")


def refusal(path: Path) -> str:
    with pytest.raises(SubmissionError) as refused:
        take(path)
    return str(refused.value)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w", kind: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=kind) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tarred_special(kind: bytes, name: str = "losses.py") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        info = tarfile.TarInfo(name)
        info.type = kind
        info.linkname = "/etc/passwd"
        file.addfile(info)
    return out.getvalue()


def archived(suffix: str, members: dict[str, bytes]) -> bytes:
    return zipped(members) if suffix == ".zip" else tarred(members, TAR_MODES[suffix])


SUFFIXES = [".zip", *TAR_MODES]


# What is taken


def test_the_one_archive_in_a_folder_is_opened_as_moodle_hands_them_out(tmp_path: Path) -> None:
    folder = tmp_path / "Ada_1_assignsubmission_file_"
    folder.mkdir()
    write(folder / "readme.txt", b"my work")
    write(folder / "homework.zip", zipped({"day10/losses.py": SOURCE, "__MACOSX/._losses.py": b""}))
    assert take(folder).cells == (SOURCE.decode(),)
    write(folder / "more.zip", zipped({"losses.py": SOURCE}))
    assert "homework.zip" in refusal(folder)
    write(folder / "losses.py", b"x = 1")
    assert take(folder).cells == ("x = 1",)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("place", ["losses.py", "./losses.py", "ada/day10/losses.py"])
def test_the_same_file_has_the_same_digest_in_every_archive(tmp_path: Path, suffix: str, place: str) -> None:
    members = {place: SOURCE, "__MACOSX/._losses.py": b"\0", ".git/config": b"x", "__MACOSX/losses.py": b"decoy"}
    submission = take(write(tmp_path / f"ada{suffix}", archived(suffix, members)))
    assert submission.cells == (SOURCE.decode(),)
    assert submission.student == "ada"
    assert submission.notes == ()
    assert submission.digest == take(write(tmp_path / "losses.py", SOURCE)).digest


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_content_decides_what_an_archive_is(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / "homework.dat", archived(suffix, {"losses.py": SOURCE}))
    assert take(path).cells == (SOURCE.decode(),)


def test_a_stored_zip_and_backslashes_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", zipped({"day10\\losses.py": SOURCE}, zipfile.ZIP_STORED))
    assert take(path).cells == (SOURCE.decode(),)


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
@pytest.mark.parametrize("folder", ["d" * 60 + "/" + "e" * 60, "d" * 20])
def test_long_names_in_a_tar_are_read(tmp_path: Path, kind: int, folder: str) -> None:
    data = tarred({f"{folder}/losses.py": SOURCE, "other/notes.txt": b"x" * 1025}, kind=kind)
    assert take(write(tmp_path / "a.tar", data)).cells == (SOURCE.decode(),)


def test_a_long_name_of_gnu_s_is_read(tmp_path: Path) -> None:
    data = tarred({"d" * 300 + "/losses.py": SOURCE}, kind=tarfile.GNU_FORMAT)
    assert take(write(tmp_path / "a.tar", data)).cells == (SOURCE.decode(),)


def test_names_beyond_ascii_in_a_tar_are_read(tmp_path: Path) -> None:
    assert take(write(tmp_path / "a.tar", tarred({"Zoë Å/losses.py": SOURCE}))).kind == "module"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_folders_in_an_archive_are_passed_over(tmp_path: Path, suffix: str) -> None:
    folder = write(tmp_path / "losses.py", SOURCE).parent
    path = tmp_path / f"a{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as file:
            file.mkdir("day10")
            file.write(folder / "losses.py", "day10/losses.py")
    else:
        with tarfile.open(path, TAR_MODES[suffix]) as tarball:  # type: ignore[call-overload]
            tarball.add(folder / "losses.py", "day10/losses.py")
            info = tarfile.TarInfo("empty")
            info.type = tarfile.DIRTYPE
            tarball.addfile(info)
    assert take(path).cells == (SOURCE.decode(),)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_several_compressed_streams_make_one_archive(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    data = tarred({"losses.py": SOURCE})
    path = write(tmp_path / "a.tar.x", pack(data[:700]) + pack(data[700:]))
    assert take(path).cells == (SOURCE.decode(),)


def test_zeros_after_the_compressed_stream_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tgz", gzip.compress(tarred({"losses.py": SOURCE})) + bytes(100_000))
    assert take(path).kind == "module"


def test_links_elsewhere_in_an_archive_do_no_harm(tmp_path: Path) -> None:
    data = tarred_special(tarfile.SYMTYPE, "env/bin/python")[:512] + tarred({"losses.py": SOURCE})
    assert take(write(tmp_path / "a.tar", data)).cells == (SOURCE.decode(),)


def test_a_file_without_a_name_in_a_zip_is_passed_over_or_refused(tmp_path: Path) -> None:
    data = zipped({"losses.py": SOURCE, "~": b"x"})
    assert "leads out" in refusal(write(tmp_path / "nul.zip", data.replace(b"~", b"\0")))
    place = data.rindex(b"~")  # in the directory: its header stands before it, the archive's end after it
    directory = bytearray(data[:place] + data[place + 1 :])
    struct.pack_into("<H", directory, place - 46 + 28, 0)
    end = directory.rindex(b"PK\x05\x06")
    struct.pack_into("<I", directory, end + 12, struct.unpack_from("<I", directory, end + 12)[0] - 1)
    assert take(write(tmp_path / "none.zip", bytes(directory))).cells == (SOURCE.decode(),)


def test_a_renamed_file_in_an_archive_is_taken_with_a_note(tmp_path: Path) -> None:
    submission = take(write(tmp_path / "a.zip", zipped({"my_losses.py": SOURCE, "readme.txt": b""})))
    assert "my_losses.py" in submission.notes[0]


def test_python_s_own_reader_agrees(tmp_path: Path) -> None:
    members = {f"a/{'n' * i}/{i}.txt": b"x" * (i * 37) for i in range(1, 140, 7)}
    for kind in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        entries = tar.tar_entries(tarred(members, kind=kind), "a.tar")
        assert {"/".join(entry.parts): entry.read(10_000) for entry in entries} == members


# What is refused


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "name", ["../losses.py", "day10/../../losses.py", "/etc/losses.py", "..\\losses.py", "C:\\losses.py", "c:losses.py"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, suffix: str, name: str) -> None:
    assert "leads out of the archive" in refusal(write(tmp_path / f"a{suffix}", archived(suffix, {name: SOURCE})))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S"]
)
def test_a_link_or_device_in_a_tar_is_refused(tmp_path: Path, kind: bytes) -> None:
    assert "not a plain file" in refusal(write(tmp_path / "a.tar", tarred_special(kind)))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("losses.py")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(info, "/etc/passwd")
    assert "not a plain file" in refusal(write(tmp_path / "a.zip", out.getvalue()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_the_same_name_twice_is_refused(tmp_path: Path, suffix: str) -> None:
    out = io.BytesIO()
    if suffix == ".zip":
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("losses.py", SOURCE)
            file.writestr("losses.py", b"other")
        data = out.getvalue()
    else:
        data = tarred({"losses.py": SOURCE})[:1024] + tarred({"losses.py": b"other"})
    assert "2 times" in refusal(write(tmp_path / f"a{suffix}", data))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"losses.py": SOURCE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(write(tmp_path / "a.zip", bytes(data)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_an_unbounded_compression_is_refused(tmp_path: Path, method: int) -> None:
    assert "ordinary zip" in refusal(write(tmp_path / "a.zip", zipped({"losses.py": SOURCE}, method)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_half_an_archive_is_refused(tmp_path: Path, suffix: str) -> None:
    data = archived(suffix, {"losses.py": bytes(range(1, 256)) * 300})
    assert "damaged" in refusal(write(tmp_path / f"a{suffix}", data[: len(data) // 2]))


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_compressed_file_that_is_no_archive_is_refused(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert "damaged" in refusal(write(tmp_path / "losses.py.gz", pack(SOURCE)))


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"losses.py": SOURCE}, zipfile.ZIP_STORED))
    data[60] ^= 1
    assert "damaged" in refusal(write(tmp_path / "a.zip", bytes(data)))


def test_an_empty_archive_names_what_is_missing(tmp_path: Path) -> None:
    assert "found: nothing" in refusal(write(tmp_path / "a.zip", zipped({})))
    assert "found: nothing" in refusal(write(tmp_path / "a.tgz", tarred({"day10/.hidden.py": b""}, "w:gz")))


# Bombs and lies


def test_an_archive_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with path.open("wb") as file:
        file.truncate(listing.ARCHIVE_BYTES + 1)
    assert "larger than 64 MiB" in refusal(path)


@pytest.mark.parametrize("suffix", [".tar.gz", ".tar.xz", ".tar.bz2"])
def test_a_compressed_bomb_stops_at_the_limit(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ARCHIVE_BYTES", 100_000)
    path = write(tmp_path / f"a{suffix}", archived(suffix, {"losses.py": SOURCE, "zeros": bytes(2_000_000)}))
    assert path.stat().st_size < 100_000
    assert "unpacked" in refusal(path)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ARCHIVE_BYTES", 100_000)
    assert "unpacked" in refusal(write(tmp_path / "a.zip", zipped({"losses.py": SOURCE, "zeros": bytes(2_000_000)})))


@pytest.mark.parametrize("suffix", [".zip", ".tgz"])
def test_a_module_over_the_limit_is_refused(tmp_path: Path, suffix: str) -> None:
    data = archived(suffix, {"losses.py": b"#" * (listing.MODULE_BYTES + 1)})
    assert "larger than 1 MiB" in refusal(write(tmp_path / f"a{suffix}", data))


@pytest.mark.parametrize("declared", [10, len(SOURCE) - 1, 2_000_000_000])
def test_a_zip_that_lies_about_a_size_is_refused(tmp_path: Path, declared: int) -> None:
    data = bytearray(zipped({"losses.py": SOURCE * 10_000}))
    struct.pack_into("<I", data, 22, declared)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, declared)
    message = refusal(write(tmp_path / "a.zip", bytes(data)))
    assert "larger" in message or "damaged" in message


def test_an_xz_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    plan = [{"id": lzma.FILTER_LZMA2, "dict_size": 2**20}]
    data = bytearray(lzma.compress(tarred({"losses.py": SOURCE}), filters=plan))
    header_size = (data[12] + 1) * 4
    properties = data.index(b"\x21\x01", 12)  # the filter and the length of its properties
    data[properties + 2] = 39  # a dictionary of 3 GiB
    struct.pack_into("<I", data, 12 + header_size - 4, zlib.crc32(data[12 : 12 + header_size - 4]))
    with pytest.raises(lzma.LZMAError, match="Memory usage limit"):
        lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=archive.XZ_MEMORY).decompress(bytes(data))
    assert "damaged" in refusal(write(tmp_path / "a.tar.xz", bytes(data)))


def test_a_million_empty_streams_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tgz", gzip.compress(b"") * (archive.STREAMS + 5))
    assert "damaged" in refusal(path)


def test_more_members_than_anyone_needs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 10)
    monkeypatch.setattr(tar, "MEMBERS", 10)
    members = {f"{i}.txt": b"" for i in range(12)} | {"losses.py": SOURCE}
    assert "files" in refusal(write(tmp_path / "a.zip", zipped(members)))
    assert "files" in refusal(write(tmp_path / "a.tar", tarred(members)))


def test_a_zip_whose_directory_lies_about_its_length_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 10)
    data = bytearray(zipped({f"{i}.txt": b"" for i in range(12)}))
    struct.pack_into("<HH", data, len(data) - 14, 1, 1)
    assert "files" in refusal(write(tmp_path / "a.zip", bytes(data)))


def with_checksum(header: bytearray) -> bytes:
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


@pytest.mark.parametrize(
    "size",
    [b"-0000000001\0", b"\xff" * 12, b"\x80" + b"\x7f" * 11, b"77777777777\0", b"0x10\0      \0", b"9\0          "],
    ids=["minus", "negative binary", "huge binary", "huge", "hexadecimal", "not octal"],
)
def test_a_tar_that_lies_about_a_size_is_refused(tmp_path: Path, size: bytes) -> None:
    header = bytearray(tarred({"losses.py": SOURCE})[:512])
    header[124:136] = size
    assert "damaged" in refusal(write(tmp_path / "a.tar", with_checksum(header) + SOURCE.ljust(512, b"\0")))


@pytest.mark.parametrize(
    "records",
    [b"path=losses.py\n", b"99999999 path=x\n", b"0 path=x\n", b"1\n", b"20 size=-00000000005\n", b"8 a=b\n" * 9],
)
def test_damaged_extended_headers_are_refused(tmp_path: Path, records: bytes) -> None:
    info = tarfile.TarInfo("pax")
    info.type = tarfile.XHDTYPE
    info.size = len(records)
    header = info.tobuf(tarfile.USTAR_FORMAT)
    data = header + records.ljust(512, b"\0") + tarred({"losses.py": SOURCE})
    assert "damaged" in refusal(write(tmp_path / "a.tar", data))


def test_an_extended_header_without_end_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("long")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = tar.HEADER_BYTES + 512
    data = info.tobuf(tarfile.GNU_FORMAT) + b"a" * info.size + tarred({"losses.py": SOURCE})
    assert "damaged" in refusal(write(tmp_path / "a.tar", data))


def test_a_thousand_chained_headers_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    info = tarfile.TarInfo("long")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = 10
    one = info.tobuf(tarfile.GNU_FORMAT) + b"losses.py\0".ljust(512, b"\0")
    data = one * 3000 + tarred({"elsewhere.py": SOURCE})
    assert take(write(tmp_path / "a.tar", data)).notes == ()


# Everything that may be in a file

SAMPLES = {suffix: archived(suffix, {"day10/losses.py": SOURCE, "a.txt": b"x" * 600}) for suffix in SUFFIXES}


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    suffix=st.sampled_from(SUFFIXES),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=4),
    length=st.integers(0, 4000),
)
def test_any_damage_to_an_archive_is_a_refusal_or_harmless(
    tmp_path: Path, suffix: str, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(SAMPLES[suffix])
    for place, value in changes:
        data[place % len(data)] = value
    path = write(tmp_path / "archive", bytes(data[:length]))
    with suppress(SubmissionError):
        take(path)
    assert list(tmp_path.iterdir()) == [path]


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"]),
    data=st.binary(max_size=600),
)
def test_any_bytes_are_refused_as_an_archive(tmp_path: Path, head: bytes, data: bytes) -> None:
    with pytest.raises(SubmissionError):
        take(write(tmp_path / "a.zip", head + data))
