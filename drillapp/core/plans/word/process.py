"""What the reading process does: opens one document and sends what stands in it through a pipe.

Only light modules are imported here, since the process is started anew for each file; it has no database and no window.
"""

from __future__ import annotations

import zipfile
import zlib
from itertools import islice
from multiprocessing.connection import Connection

from lxml import etree

from drillapp.core.confined import inside
from drillapp.core.confined.inside import Parent
from drillapp.core.confined.limits import Limits
from drillapp.core.plans.word.body import Body
from drillapp.core.plans.word.package import NotADocument, Package

_BLOCK = 2000
_EXPECTED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RecursionError, etree.XMLSyntaxError,
    NotADocument,
)  # fmt: skip


def serve(connection: Connection, limits: Limits, path: str) -> None:
    """Send the items of the document in blocks, then its pictures, then what was met."""
    inside.serve(connection, limits, lambda parent: _send_document(parent, path), _EXPECTED)


def _send_document(parent: Parent, path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        body = Body(Package(archive))
        items = body.items()
        while block := list(islice(items, _BLOCK)):
            parent.send("items", block)
        for image in body.images.values():
            parent.send("picture", image)
        parent.send("end", body.counts, body.has_open_field)
