"""Files of older office programs (.doc, .wps, .rtf, .odt) → sources, by way of LibreOffice where it is installed.

LibreOffice works in a profile of its own that runs no macro and updates no link, so the user's settings and
an open window do not matter, and nothing of the file is executed or fetched.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from policykb.errors import ReadError, later, reason_of
from policykb.models import Source
from policykb.reading.limits import limit
from policykb.reading.word import read_word
from policykb.resources import data_file

_PROGRAMS = ("soffice", "libreoffice")
_REMEDY = later("请在 Word 或 WPS 中打开，另存为 .docx 后再读")


def read_office(data: bytes, name: str) -> list[Source]:
    """The source of one file; ``name`` ends with the suffix that tells the format.

    Raises ``ReadError`` where LibreOffice is not installed or cannot read the file.
    """
    suffix = Path(name).suffix.lower() or ".doc"
    converted = convert(data, suffix)
    sha256 = hashlib.sha256(data).hexdigest()
    return [source.model_copy(update={"name": name, "sha256": sha256}) for source in read_word(converted, name)]


def convert(data: bytes, suffix: str) -> bytes:
    """The file as .docx; raises ``ReadError`` as ``read_office`` does."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ReadError(
            "读取 {suffix} 需要 LibreOffice，本机没有安装；{remedy}，或安装 LibreOffice。",
            suffix=suffix,
            remedy=_REMEDY,
        )
    with tempfile.TemporaryDirectory(prefix="policykb-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        settings = data_file("reading_libreoffice.xcu").read_bytes()
        (folder / "profile" / "user" / "registrymodifications.xcu").write_bytes(settings)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _run(program, source, folder)
        result = folder / "out" / "source.docx"
        if not result.is_file():
            raise ReadError(
                "LibreOffice 打不开这个 {suffix} 文件，可能已损坏或加了密码；{remedy}。", suffix=suffix, remedy=_REMEDY
            )
        return result.read_bytes()


def _run(program: str, source: Path, folder: Path) -> None:
    command = [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=limit("office", "seconds"), check=False)  # noqa: S603 - a fixed program, no shell
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            "LibreOffice 转换超时（{limit} 秒）；{remedy}。", limit=limit("office", "seconds"), remedy=_REMEDY
        ) from error
    except OSError as error:
        raise ReadError(
            "LibreOffice 无法启动（{reason}）；{remedy}。", reason=reason_of(error), remedy=_REMEDY
        ) from error
