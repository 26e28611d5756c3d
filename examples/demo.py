"""The whole way once: read the built-in corpus, show two practices, search, write a plan.

usage: demo.py OUTPUT.docx

Runs the commands that a clerk would type, and shows each before its output.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(*arguments: str) -> None:
    """Show a command and run it; stop when it fails (1, something is wanting, is no failure)."""
    print(f"\n$ policykb {shlex.join(arguments)}\n", flush=True)
    command = [sys.executable, "-m", "policykb", *arguments]
    environment = os.environ | {"POLICYKB_HOME": "", "PYTHONUTF8": "1"}
    code = subprocess.run(command, env=environment, check=False).returncode
    if code not in (0, 1):
        sys.exit(code)


def main(output: str) -> None:
    """Run the demonstration and leave the plan at ``output``."""
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    run("list")
    run("practices", "45666")
    run("practices", "131n")
    run("search", "空巢老人必访", "-k", "3")
    profile = os.path.relpath(HERE / "quyang.yaml")
    run(
        "draft", "implementation_plan", "--locality", profile, "--practice", "45666", "--practice", "131n", "-o", output
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
