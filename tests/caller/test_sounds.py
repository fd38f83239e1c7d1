"""The announcements on disk: the last ones are there, however long the hall runs."""

from __future__ import annotations

from pathlib import Path

from caller.sounds import Sounds


def played(folder: Path, urls: list[str]) -> list[bool]:
    return [(folder / url.rsplit("/", 1)[1]).exists() for url in urls]


def test_only_the_last_announcements_stay_also_over_a_restart(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "零.wav").write_bytes(b"the site's own")
    urls = []
    for run in range(2):
        sounds = Sounds(tmp_path, kept=5)
        sounds.open()
        urls += [sounds.keep(b"call %d of run %d" % (n, run)) for n in range(8)]
        assert sum(played(tmp_path, urls)) == 5
        assert all(played(tmp_path, urls[-5:]))
    assert (tmp_path / "recordings" / "零.wav").exists()


def test_a_call_that_is_heard_again_is_among_the_last(tmp_path: Path) -> None:
    sounds = Sounds(tmp_path, kept=3)
    sounds.open()
    first = sounds.keep(b"A001")
    for n in range(2, 9):
        sounds.keep(b"A%03d" % n)
        assert sounds.keep(b"A001") == first
    assert played(tmp_path, [first]) == [True]
    assert len(list(tmp_path.glob("*.wav"))) == 3
