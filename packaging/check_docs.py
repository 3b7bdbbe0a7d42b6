"""Check every Markdown document: links and headings that lead somewhere, files and commands that exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)[^)\n]*\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
FOLDERS = ("drillapp/", "packaging/", "tests/", "docs/", "resources/", "benchmarks/")


def main() -> int:
    """Print what is wrong, a line each; the exit code is 1 when there is anything."""
    documents = _documents()
    problems = [f"{path.relative_to(ROOT)}: {problem}" for path in documents for problem in problems_of(path)]
    print(
        "\n".join(problems)
        if problems
        else f"{len(documents)} documents: all links and commands lead somewhere."
    )
    return 1 if problems else 0


def problems_of(path: Path) -> Iterator[str]:
    """What is wrong with one document."""
    text = path.read_text(encoding="utf-8")
    prose = FENCE.sub("", text)
    for target in LINK.findall(prose):
        if not _leads_somewhere(path, target):
            yield f"the link {target} leads nowhere"
    for code in [*INLINE.findall(prose), *_fenced_lines(text)]:
        yield from _code_problems(code.strip().removeprefix("$ "))


def _documents() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def _fenced_lines(text: str) -> list[str]:
    return [line for block in FENCE.finditer(text) for line in block.group().splitlines()[1:-1]]


def _leads_somewhere(path: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return True
    name, _, anchor = unquote(target).partition("#")
    file = (path.parent / name).resolve() if name else path
    if not anchor or file.suffix != ".md":
        return file.exists()
    return file.exists() and anchor in _anchors(file)


@cache
def _anchors(path: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _code_problems(code: str) -> Iterator[str]:
    words = _words(code)
    program = re.split(r"[/\\]", words[0])[-1] if words else ""
    if program in ("drillapp", "drillapp.exe"):
        yield from _drillapp_problems(words[1:])
    elif program in ("make", "make.ps1"):
        yield from (
            f"there is no `make {word}`" for word in words[1:] if word.isalpha() and word not in _targets()
        )
    for word in words:
        name = word.rstrip(".,")
        if name.startswith(FOLDERS) and re.fullmatch(r"[\w./-]+", name) and not (ROOT / name).exists():
            yield f"there is no {name}"


def _words(code: str) -> list[str]:
    try:
        return shlex.split(code, comments=True, posix="\\" not in code)
    except ValueError:
        return code.split()


def _drillapp_problems(words: list[str]) -> Iterator[str]:
    known, groups = _command_line()
    expects_value = False
    options, name_so_far = known[""], ""
    for word in words:
        if word.startswith("-"):
            name = word.partition("=")[0]
            if name not in options:
                yield f"drillapp has no option {name} there"
            expects_value = options.get(name, False) and "=" not in word
        elif expects_value:
            expects_value = False
        elif name_so_far in groups:
            name_so_far = f"{name_so_far} {word}".strip()
            if name_so_far not in known:
                yield f"there is no command `drillapp {name_so_far}`"
                return
            options = known[name_so_far]


@cache
def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def _command_line() -> tuple[dict[str, dict[str, bool]], set[str]]:
    """Options of the program (""), of each group and each command, with whether a value follows; and the groups."""
    from typer.main import get_command

    from drillapp.cli import app

    found: dict[str, Any] = {"": get_command(app)}
    waiting = [""]
    for name in waiting:
        below = {f"{name} {word}".strip(): one for word, one in getattr(found[name], "commands", {}).items()}
        found |= below
        waiting += below
    groups = {name for name, command in found.items() if hasattr(command, "commands")}
    return {name: _options(command) for name, command in found.items()}, groups


def _options(command: Any) -> dict[str, bool]:
    takes_value = {
        name: not getattr(parameter, "is_flag", False)
        for parameter in command.params
        for name in [*parameter.opts, *parameter.secondary_opts]
        if name.startswith("-")
    }
    return {**takes_value, "--help": False}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
