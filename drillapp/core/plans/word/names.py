"""The names of a Word document's elements, as lxml writes them."""

from __future__ import annotations

TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
W_SPACE = TRANSITIONAL + "wordprocessingml/2006/main"
R_SPACE = TRANSITIONAL + "officeDocument/2006/relationships"
A_SPACE = TRANSITIONAL + "drawingml/2006/main"
WP_SPACE = TRANSITIONAL + "drawingml/2006/wordprocessingDrawing"
PIC_SPACE = TRANSITIONAL + "drawingml/2006/picture"
MC_SPACE = TRANSITIONAL + "markup-compatibility/2006"
M_SPACE = TRANSITIONAL + "officeDocument/2006/math"
V_SPACE = "urn:schemas-microsoft-com:vml"


def w(name: str) -> str:
    """The full name of an element or attribute of Word's own."""
    return f"{{{W_SPACE}}}{name}"


VAL = w("val")
P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, SDT, SDT_CONTENT = w("pPr"), w("rPr"), w("sdt"), w("sdtContent")
INSERTED = frozenset({w("ins"), w("moveTo")})
DELETED = frozenset({w("del"), w("moveFrom")})
WRAPPERS = frozenset(
    {SDT_CONTENT, w("customXml"), w("smartTag"), w("hyperlink"), w("fldSimple"), w("dir"), w("bdo")}
)
"""Elements that only surround others."""
EMBED, LINK, R_ID = f"{{{R_SPACE}}}embed", f"{{{R_SPACE}}}link", f"{{{R_SPACE}}}id"
BLIP = f"{{{A_SPACE}}}blip"
EXTENT = f"{{{WP_SPACE}}}extent"
GRAPHIC_DATA = f"{{{A_SPACE}}}graphicData"
IMAGE_DATA, SHAPE = f"{{{V_SPACE}}}imagedata", f"{{{V_SPACE}}}shape"
BOX = w("txbxContent")
ALTERNATIVES, CHOICE, FALLBACK = (
    f"{{{MC_SPACE}}}{name}" for name in ("AlternateContent", "Choice", "Fallback")
)
MATH_TEXT = f"{{{M_SPACE}}}t"
MATH = frozenset({f"{{{M_SPACE}}}oMath", f"{{{M_SPACE}}}oMathPara"})
