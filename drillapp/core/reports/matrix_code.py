"""QR codes drawn as stencils: exact at every resolution, and written ten times faster than a path of squares."""

from __future__ import annotations

from typing import Any

import zxingcpp

_TO_DIGITS = bytes(ord("0") if value else ord("1") for value in range(256))


def stencil(text: str) -> tuple[int, str]:
    """How many modules the code is wide and tall, and its rows from the top as bits in hexadecimal, dark ones set."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    cells = memoryview(image).tobytes().translate(_TO_DIGITS)
    side = int(len(cells) ** 0.5)
    padding, digits = b"0" * (-side % 8), (side + 7) // 8 * 2
    rows = (cells[start : start + side] + padding for start in range(0, side * side, side))
    return side, "".join(f"{int(row, 2):0{digits}x}" for row in rows)


def draw_code(canvas: Any, text: str, left: float, bottom: float, side: float) -> None:
    """Draw the QR code of the text into a square of that side; the paper around it must stay white."""
    modules, bits = stencil(text)
    canvas.addLiteral(
        f"q 0 g {side:.3f} 0 0 {side:.3f} {left:.3f} {bottom:.3f} cm "
        f"BI /W {modules} /H {modules} /IM true /D [1 0] /BPC 1 /F /AHx ID\n{bits}>\nEI Q"
    )
