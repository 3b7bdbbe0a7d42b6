"""The key of an encrypted office file: random, kept in slots beside the file, each slot wrapping it for one holder."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

import msgspec

from drillapp.core.errors import Damaged, Denied, Unavailable
from drillapp.core.i18n import _

KEY_BYTES = 32
DEVICE = "device"


class Slot(msgspec.Struct, frozen=True):
    """The office's key, encrypted with AES-256-GCM for one holder."""

    holder: str
    holder_id: str
    nonce: str
    wrapped: str


class KeyFile(msgspec.Struct, frozen=True):
    """What lies beside an office file."""

    format: int
    slots: list[Slot]


def key_path(office_file: Path) -> Path:
    """Where the slots of an office file are."""
    return office_file.with_name(office_file.name + ".keys")


def new_key() -> bytes:
    """A random raw key."""
    return secrets.token_bytes(KEY_BYTES)


def write_device_slot(office_file: Path, key: bytes) -> None:
    """Let this machine's user open the office file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret = _device_secret(create=True)
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(secret).encrypt(nonce, key, DEVICE.encode())
    slot = Slot(DEVICE, _identity(secret), _text(nonce), _text(wrapped))
    slots = [old for old in _slots(office_file) if old.holder_id != slot.holder_id]
    content = msgspec.json.format(msgspec.json.encode(KeyFile(1, [*slots, slot])), indent=2)
    write_durably(key_path(office_file), content)


def read_key(office_file: Path) -> bytes:
    """The key of an office file, by this machine's slot; raises Denied when this machine has none."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slots = _slots(office_file)
    if not slots:
        raise Unavailable(
            _("The key file {file} is missing.").format(file=key_path(office_file).name),
            _("Put it back beside the office file: without it the data cannot be read."),
        )
    secret = _device_secret(create=False)
    for slot in slots:
        if slot.holder == DEVICE and slot.holder_id == _identity(secret):
            try:
                return AESGCM(secret).decrypt(_bytes(slot.nonce), _bytes(slot.wrapped), DEVICE.encode())
            except (InvalidTag, ValueError) as error:
                raise _damaged(office_file) from error
    raise Denied(
        _("This machine has no key for the office file {file}.").format(file=office_file.name),
        _("Open it on the machine and with the user that created it."),
    )


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file's content so that after a power cut it is the old one or the new one."""
    temporary = path.with_name(path.name + ".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def _slots(office_file: Path) -> list[Slot]:
    try:
        content = key_path(office_file).read_bytes()
    except FileNotFoundError:
        return []
    try:
        return msgspec.json.decode(content, type=KeyFile).slots
    except msgspec.DecodeError as error:
        raise _damaged(office_file) from error


def _damaged(office_file: Path) -> Damaged:
    return Damaged(
        _("The key file {file} is damaged.").format(file=key_path(office_file).name),
        _("Put back the key file of the last backup."),
    )


def _device_secret(*, create: bool) -> bytes:
    """This user's secret on this machine; empty when there is none."""
    from platformdirs import user_data_path

    path = user_data_path("drillapp", appauthor=False) / "device.key"
    if path.exists():
        return path.read_bytes()
    if not create:
        return b""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def _identity(secret: bytes) -> str:
    import hashlib

    return hashlib.sha256(b"drillapp device " + secret).hexdigest()[:16]


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b64decode(value)
