"""A second writer of the vault format, made from docs/vault-format.md alone: nothing of the product is used.

`python make_vectors.py` prints the frozen vectors (vectors.json): one file per failure, never deleted.
"""

import base64
import functools
import hashlib
import hmac
import json
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY = bytes(range(32))
DATA_KEY = bytes(range(100, 132))
CONTENT = b'{"schema":1,"credentials":[{"id":"a","name":"First"},{"id":"b","name":"Second"}]}'

Slot = dict[str, object]


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def expand(key: bytes, purpose: str) -> bytes:
    """HKDF-Expand for one block of SHA-256."""
    return hmac.digest(key, b"loopi-vault/v1/" + purpose.encode() + b"\x01", "sha256")


def aes(key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    pad = 16 - len(plaintext) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(plaintext + bytes([pad]) * pad) + encryptor.finalize()


@functools.cache
def stretch(secret: bytes, salt: bytes, count: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", secret, salt, count)


def slot(secret: bytes = KEY, **changes: object) -> Slot:
    """A keyfile slot; `changes` are made before the slot is signed."""
    salt, iv = bytes(range(32, 64)), bytes(range(16))
    head: Slot = {"type": "keyfile", "kid": "0123456789abcdef", "kdf": "PBKDF2-HMAC-SHA256", "iter": 100_000}
    rounds = changes.get("iter", 100_000)
    count = int(rounds) if isinstance(rounds, int) and 0 < rounds <= 600_000 else 1
    kek = stretch(secret, salt, count)
    wrapped = aes(expand(kek, "slot-enc"), iv, DATA_KEY)
    made = head | {"salt": b64(salt), "iv": b64(iv), "ct": b64(wrapped)} | changes
    return made | {"tag": b64(hmac.digest(expand(kek, "slot-mac"), canonical(made), "sha256"))}


def header(*slots: Slot, gen: object = 7) -> bytes:
    return canonical({"gen": gen, "slots": list(slots)})


def vault(
    head: bytes | None = None,
    content: bytes = CONTENT,
    *,
    version: int = 1,
    sizes: tuple[int, int] | None = None,
    mac_key: bytes = DATA_KEY,
) -> bytes:
    """A whole file. `sizes` are the lengths it claims; `mac_key` another data key for a wrong tag."""
    head = header(slot()) if head is None else head
    iv = bytes(range(200, 216))
    ciphertext = aes(expand(DATA_KEY, "body-enc"), iv, content)
    header_size, ciphertext_size = sizes or (len(head), len(ciphertext))
    start = b"LOOPIVLT" + version.to_bytes(2, "big") + header_size.to_bytes(4, "big")
    signed = start + ciphertext_size.to_bytes(8, "big") + head + iv + ciphertext
    return finish(signed + hmac.digest(expand(mac_key, "body-mac"), signed, "sha256"))


def finish(data: bytes) -> bytes:
    return data + hashlib.sha256(data).digest()


def unpadded_content() -> bytes:
    """A file whose tag is right and whose ciphertext is random."""
    whole = vault()
    signed = bytearray(whole[:-64])
    signed[-1] ^= 1
    return finish(bytes(signed) + hmac.digest(expand(DATA_KEY, "body-mac"), bytes(signed), "sha256"))


def swapped_slots() -> bytes:
    return (
        canonical({"slots": [slot()], "gen": 7}).replace(b'{"gen":7,"slots":', b'{"slots":')[:-1]
        + b',"gen":7}'
    )


GOOD: dict[str, Callable[[], bytes]] = {
    "good-keyfile": vault,
    "good-empty": lambda: vault(content=b'{"schema": 1, "credentials": []}'),
    "good-utf-8": lambda: vault(content='{"schema":1,"credentials":[{"name":"Zoë"}]}'.encode()),
    "good-generation-0": lambda: vault(header(slot(), gen=0)),
    "good-keychain": lambda: vault(header(slot(type="keychain"))),
    "good-more-iterations": lambda: vault(header(slot(iter=600_000))),
    "good-second-slot-opens": lambda: vault(header(slot(bytes(32), kid="00" * 8), slot())),
    "good-eight-slots": lambda: vault(header(*[slot(b"no", type="passphrase")] * 7, slot())),
}

BAD: dict[str, Callable[[], bytes]] = {
    "truncated/empty": lambda: b"",
    "truncated/magic-only": lambda: b"LOOPIVLT",
    "truncated/within-magic": lambda: b"LOOPI",
    "truncated/within-lengths": lambda: vault()[:20],
    "truncated/one-byte-missing": lambda: vault()[:-1],
    "truncated/claims-more": lambda: vault(sizes=(len(header(slot())), 4096)),
    "not_a_vault/json": lambda: b'{"schema":1,"credentials":[]}',
    "not_a_vault/short-json": lambda: b"[]",
    "not_a_vault/openssl": lambda: b"Salted__" + bytes(80),
    "not_a_vault/zeros": lambda: bytes(200),
    "not_a_vault/lower-case": lambda: b"loopivlt" + vault()[8:],
    "too_new/version-2": lambda: vault(version=2),
    "too_new/version-0": lambda: vault(version=0),
    "too_new/other-layout": lambda: finish(b"LOOPIVLT\xff\xff" + bytes(5)),
    "damaged/version-2-bad-checksum": lambda: vault(version=2)[:-1] + b"\0",
    "damaged/bad-checksum": lambda: vault()[:-1] + bytes([vault()[-1] ^ 1]),
    "damaged/trailing-byte": lambda: vault() + b"\0",
    "damaged/trailing-with-checksum": lambda: finish(vault()),
    "damaged/ciphertext-not-blocks": lambda: vault(sizes=(len(header(slot())), 95)),
    "damaged/ciphertext-empty": lambda: vault(sizes=(len(header(slot())), 0)),
    "damaged/header-over-16-KiB": lambda: vault(b" " * 16385),
    "damaged/header-with-spaces": lambda: vault(header(slot()).replace(b",", b", ")),
    "damaged/header-unsorted": lambda: vault(swapped_slots()),
    "damaged/header-duplicate-key": lambda: vault(header(slot()).replace(b'"gen":7', b'"gen":6,"gen":7')),
    "damaged/header-unknown-key": lambda: vault(canonical({"alg": "x", "gen": 7, "slots": [slot()]})),
    "damaged/header-no-generation": lambda: vault(canonical({"slots": [slot()]})),
    "damaged/header-not-json": lambda: vault(b"{"),
    "damaged/header-list": lambda: vault(b"[]"),
    "damaged/header-deep": lambda: vault(b"[" * 5000),
    "damaged/header-not-ascii": lambda: vault(b"\xff\xfe"),
    "damaged/generation-negative": lambda: vault(header(slot(), gen=-1)),
    "damaged/generation-boolean": lambda: vault(header(slot(), gen=True)),
    "damaged/generation-fraction": lambda: vault(header(slot(), gen=7.0)),
    "damaged/generation-text": lambda: vault(header(slot(), gen="7")),
    "damaged/generation-endless": lambda: vault(header(slot()).replace(b":7,", b":" + b"9" * 5000 + b",")),
    "damaged/no-slot": lambda: vault(header()),
    "damaged/nine-slots": lambda: vault(header(*[slot()] * 9)),
    "damaged/slots-not-a-list": lambda: vault(canonical({"gen": 7, "slots": slot()})),
    "damaged/slot-not-an-object": lambda: vault(canonical({"gen": 7, "slots": ["x"]})),
    "damaged/slot-unknown-key": lambda: vault(header(slot(note="x"))),
    "damaged/slot-key-missing": lambda: vault(header({k: v for k, v in slot().items() if k != "iv"})),
    "damaged/slot-unknown-type": lambda: vault(header(slot(type="magic"))),
    "damaged/slot-type-list": lambda: vault(header(slot(type=[]))),
    "damaged/kid-upper-case": lambda: vault(header(slot(kid="0123456789ABCDEF"))),
    "damaged/kid-short": lambda: vault(header(slot(kid="0123"))),
    "damaged/kid-number": lambda: vault(header(slot(kid=1))),
    "damaged/salt-short": lambda: vault(header(slot(salt=b64(bytes(31))))),
    "damaged/iv-long": lambda: vault(header(slot(iv=b64(bytes(17))))),
    "damaged/ct-long": lambda: vault(header(slot(ct=b64(bytes(64))))),
    "damaged/base64-spare-bits": lambda: vault(header(slot(salt="A" * 42 + "B="))),
    "damaged/base64-line-break": lambda: vault(header(slot(salt=b64(bytes(32)) + "\n"))),
    "damaged/base64-number": lambda: vault(header(slot(salt=5))),
    "damaged/base64-not-ascii": lambda: vault(header(slot(salt="é" * 44))),
    "damaged/shape-before-policy": lambda: vault(header(slot(iter=1), slot(kid="x"))),
    "policy/other-kdf": lambda: vault(header(slot(kdf="scrypt"))),
    "policy/kdf-null": lambda: vault(header(slot(kdf=None))),
    "policy/too-few": lambda: vault(header(slot(iter=99_999))),
    "policy/too-many": lambda: vault(header(slot(iter=10_000_001))),
    "policy/fraction": lambda: vault(header(slot(iter=600_000.0))),
    "policy/boolean": lambda: vault(header(slot(iter=True))),
    "policy/text": lambda: vault(header(slot(iter="100000"))),
    "policy/negative": lambda: vault(header(slot(iter=-100_000))),
    "policy/second-slot": lambda: vault(header(slot(), slot(iter=1))),
    "policy/before-the-key": lambda: vault(header(slot(bytes(32), iter=1)), mac_key=bytes(32)),
    "wrong_key/other-secret": lambda: vault(header(slot(bytes(32)))),
    "wrong_key/no-slot-of-that-type": lambda: vault(header(slot(type="passphrase"))),
    "wrong_key/recovery-is-not-keyfile": lambda: vault(header(slot(type="recovery"))),
    "wrong_key/slot-changed": lambda: vault(header(slot() | {"kid": "fedcba9876543210"})),
    "wrong_key/slot-tag-zeros": lambda: vault(header(slot() | {"tag": b64(bytes(32))})),
    "tampered/tag-of-another-key": lambda: vault(mac_key=bytes(32)),
    "tampered/generation-changed": lambda: finish(vault()[:-32].replace(b'"gen":7', b'"gen":8')),
    "tampered/slot-added": lambda: vault(header(slot(), slot(b"x", kid="ff" * 8)), mac_key=bytes(32)),
    "tampered/before-unpadding": lambda: finish(unpadded_content()[:-64] + bytes(32)),
    "tampered/before-schema": lambda: vault(content=b"not json", mac_key=bytes(32)),
    "schema/bad-padding": unpadded_content,
    "schema/not-json": lambda: vault(content=b"credentials: []"),
    "schema/nothing": lambda: vault(content=b""),
    "schema/not-utf-8": lambda: vault(content=b'{"schema":1,"credentials":["\xff"]}'),
    "schema/schema-2": lambda: vault(content=b'{"schema":2,"credentials":[]}'),
    "schema/schema-true": lambda: vault(content=b'{"schema":true,"credentials":[]}'),
    "schema/schema-fraction": lambda: vault(content=b'{"schema":1.0,"credentials":[]}'),
    "schema/no-schema": lambda: vault(content=b'{"credentials":[]}'),
    "schema/no-credentials": lambda: vault(content=b'{"schema":1}'),
    "schema/unknown-key": lambda: vault(content=b'{"schema":1,"credentials":[],"more":1}'),
    "schema/credentials-object": lambda: vault(content=b'{"schema":1,"credentials":{}}'),
    "schema/credential-text": lambda: vault(content=b'{"schema":1,"credentials":["x"]}'),
    "schema/list": lambda: vault(content=b"[]"),
    "schema/nan": lambda: vault(content=b'{"schema":1,"credentials":[{"x":NaN}]}'),
    "schema/deep": lambda: vault(content=b"[" * 5000),
}


def vectors() -> list[dict[str, str]]:
    """`{"name", "code" ("" for a good file), "hex"}`; every one is opened with KEY."""
    good = [{"name": name, "code": "", "hex": make().hex()} for name, make in GOOD.items()]
    codes = {name: f"vault.{name.partition('/')[0]}" for name in BAD}
    bad = [{"name": name, "code": codes[name], "hex": make().hex()} for name, make in BAD.items()]
    return [*good, *bad]


if __name__ == "__main__":
    print(json.dumps(vectors(), indent=0))
