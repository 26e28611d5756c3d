"""Say whether policykb installs without a compiler: ``make check-wheels``.

Resolves what a user would install, all extras with it, for Windows, macOS and Linux, from wheels alone.  PURE names
what comes as source only and is plain Python.  Asks the package index; exit code 1 where a platform lacks a wheel.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLATFORMS = ("x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-apple-darwin", "x86_64-unknown-linux-gnu")
PYTHONS = ("3.11", "3.12", "3.13")
PURE = ("jieba",)


def lacking(platform: str, python: str) -> str:
    """What the resolver says against installing from wheels; nothing where it can be done."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--quiet"]
    command += ["--python-platform", platform, "--python-version", python, "--only-binary", ":all:"]
    command += [part for name in PURE for part in ("--no-binary", name)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stderr.strip() or f"uv ended with {done.returncode}" if done.returncode else ""


def main() -> int:
    """Print a line for each platform and Python."""
    failed = False
    for platform in PLATFORMS:
        for python in PYTHONS:
            said = lacking(platform, python)
            failed |= bool(said)
            print(f"{platform}, Python {python}: {said or 'wheels for everything'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
