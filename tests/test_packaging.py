"""The set-up asks before it acts, and the document checker finds what is wrong."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    """The functions of a script in packaging/, which runs from its own folder and is no package."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return lambda name: runpy.run_path(str(ROOT / "packaging" / f"{name}.py"))


@pytest.mark.skipif(sys.platform != "linux", reason="system packages are a matter of Linux")
def test_without_root_the_set_up_prints_one_command_and_runs_none(
    script: Callable[[str], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    packages = script("system_packages")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a command was run"))
    assert packages["install"](["xvfb", "postgresql"]) is False
    assert capsys.readouterr().out.splitlines()[-1].strip() == "sudo apt-get install -y xvfb postgresql"
    assert packages["install"]([]) is True


@pytest.mark.skipif(sys.platform != "linux", reason="system packages are a matter of Linux")
def test_every_library_that_qt_s_plugins_are_linked_to_is_looked_for(
    script: Callable[[str], dict[str, Any]],
) -> None:
    import PySide6

    known = set(script("system_packages")["QT_LIBRARIES"])
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins"
    needed: set[str] = set()
    for plugin in ("libqxcb.so", "libqoffscreen.so", "libqwayland.so"):
        listed = subprocess.run(
            ["ldd", plugins / "platforms" / plugin], capture_output=True, text=True, check=True
        )
        needed |= {line.split()[0] for line in listed.stdout.splitlines() if " => " in line}
    window_system = {
        name for name in needed if name.startswith(("libxcb", "libX11", "libxkb", "libEGL", "libwayland"))
    }
    assert "libxcb-cursor.so.0" in window_system
    assert window_system <= known


def test_an_interpreter_that_does_not_run_has_no_version(
    script: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    setup = script("setup_environment")
    assert setup["_version"](tmp_path / "python") is None
    assert setup["_version"](sys.executable) == sys.version_info[:2]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(("variable", "shown"), [(None, False), ("DISPLAY", True), ("WAYLAND_DISPLAY", True)])
def test_the_window_opens_where_there_is_a_display(
    script: Callable[[str], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    variable: str | None,
    shown: bool,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")
    assert script("run_sample")["has_display"]() is shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("See [there](nowhere.md).", "the link nowhere.md leads nowhere"),
        ("See [below](#no-such-heading).", "the link #no-such-heading leads nowhere"),
        ("Run `make everything`.", "there is no `make everything`"),
        ("Look into `drillapp/core/nothing.py`.", "there is no drillapp/core/nothing.py"),
        ("```\nmake everything\n```\n", "there is no `make everything`"),
        ("Run `drillapp everything`.", "there is no command `drillapp everything`"),
        ("Run `drillapp list units --colour`.", "drillapp has no option --colour there"),
    ],
)
def test_the_document_checker_finds(
    script: Callable[[str], dict[str, Any]], tmp_path: Path, text: str, problem: str
) -> None:
    document = tmp_path / "document.md"
    document.write_text(f"# A heading\n\n{text}\n", encoding="utf-8")
    assert list(script("check_docs")["problems_of"](document)) == [problem]


def test_the_document_checker_lets_pass_what_is_there(
    script: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    document = tmp_path / "document.md"
    document.write_text(
        "# A heading: *two*\n\n[below](#a-heading-two) [itself](document.md) [web](https://example.org) "
        "`make test` `packaging/check_docs.py`\n```\nmake run\ndrillapp --lang en list units --limit 3\n```\n",
        encoding="utf-8",
    )
    assert list(script("check_docs")["problems_of"](document)) == []
