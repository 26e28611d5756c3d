"""Build the wheel, install it into an empty environment outside of the checkout, and use it as a clerk would."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: str | Path, codes: tuple[int, ...] = (0,)) -> str:
    """Run a command, return what it prints; any other exit code ends the test with its output."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV", "POLICYKB_HOME"}}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in codes:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Build, install, search, draft."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            work,
            ROOT,
            cwd=work,
        )
        (wheel,) = work.glob("policykb-*.whl")
        venv.create(work / "env", with_pip=True)
        scripts = work / "env" / ("Scripts" if os.name == "nt" else "bin")
        run(scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=work)
        found = run(scripts / "policykb", "search", "空巢老人必访", cwd=work)
        if "【空巢老人】" not in found.replace("【空巢老人必访】", "【空巢老人】"):
            sys.exit(f"the passage was not found:\n{found}")
        profile = ROOT / "examples" / "quyang.yaml"
        run(
            scripts / "policykb",
            "draft",
            "implementation_plan",
            "--locality",
            profile,
            "--practice",
            "45666",
            "-o",
            "plan.docx",
            cwd=work,
            codes=(0, 1),
        )
        if not (work / "plan.docx").stat().st_size:
            sys.exit("the plan is empty")
    print("the wheel works outside of the checkout")


if __name__ == "__main__":
    main()
