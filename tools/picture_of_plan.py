"""Draw the first two pages of a produced .docx side by side, as the README shows them.

usage: picture_of_plan.py PLAN.docx PICTURE.png     (needs LibreOffice and the fonts that .ci/run installs)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pdfplumber
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "word"))
from office import to_pdf

RESOLUTION = 72
GAP = 12


def main(plan: Path, picture: Path) -> None:
    """Render, join, save."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = to_pdf(Path(folder), {"plan": plan.read_bytes()})["plan"]
        with pdfplumber.open(pdf) as pages:
            images = [page.to_image(resolution=RESOLUTION).original.convert("RGB") for page in pages.pages[:2]]
    framed = [ImageOps.expand(image, border=1, fill="#bbbbbb") for image in images]
    sheet = Image.new("RGB", (sum(i.width for i in framed) + GAP * (len(framed) - 1), framed[0].height), "white")
    left = 0
    for image in framed:
        sheet.paste(image, (left, 0))
        left += image.width + GAP
    sheet.quantize(64).save(picture, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
