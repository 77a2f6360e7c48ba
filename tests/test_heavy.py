"""The collector rests while torch is imported, and goes on afterwards."""

from __future__ import annotations

import gc

import pytest

from grader.heavy import heavy_imports


def test_nothing_is_collected_inside_and_all_goes_on_after() -> None:
    frozen = gc.get_freeze_count()
    with heavy_imports():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen
    gc.unfreeze()


def test_a_collector_that_was_off_stays_off_and_an_error_comes_through() -> None:
    gc.disable()
    try:
        with pytest.raises(ImportError), heavy_imports():
            raise ImportError
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
