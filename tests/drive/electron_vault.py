"""The credentials file of the Electron app, sealed as that app does."""

import hashlib
import json

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from backend.importers.loopi_vault import BUILT_IN_PASSWORD

IV = bytes(range(16))


def sealed(content: bytes, password: str = BUILT_IN_PASSWORD) -> str:
    key = hashlib.scrypt(password.encode(), salt=b"salt", n=16_384, r=8, p=1, dklen=32)
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(IV)).encryptor()
    made = encryptor.update(padder.update(content) + padder.finalize()) + encryptor.finalize()
    return json.dumps({"credentials": f"{IV.hex()}:{made.hex()}"})
