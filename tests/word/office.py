"""LibreOffice as a measuring device: its own profile, and stand-ins for the fonts that the format names."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

STAND_INS = {
    "方正小标宋简体": ("Noto Serif CJK SC", "bold"),
    "仿宋_GB2312": ("Noto Serif CJK SC", "regular"),
    "宋体": ("Noto Serif CJK SC", "regular"),
    "黑体": ("Noto Sans CJK SC", "regular"),
    "楷体_GB2312": ("AR PL UKai CN", "regular"),
}
"""Free fonts with the same widths: each Chinese character is as wide as it is high."""

_RULE = """<match target="pattern"><test name="family"><string>{asked}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{given}</string></edit>
<edit name="weight" mode="assign" binding="strong"><const>{weight}</const></edit></match>"""


def to_pdf(folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    """The PDF of each .docx, made in one run."""
    rules = "\n".join(_RULE.format(asked=a, given=g, weight=w) for a, (g, w) in STAND_INS.items())
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>',
        encoding="utf-8",
    )
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in files)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(folder)}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=120)
    return {name: folder / f"{name}.pdf" for name in files}
