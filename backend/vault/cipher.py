"""AES-CBC with PKCS#7, and HMAC-SHA256. Pure: no randomness, no file, no idea of what is encrypted."""

import hmac

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

IV_SIZE_BYTES = 16
TAG_SIZE_BYTES = 32


def encrypt(key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    """The padded ciphertext: 1 to 16 bytes longer than the plaintext. `iv` is new and random every time."""
    padder = PKCS7(AES.block_size).padder()
    encryptor = Cipher(AES(key), CBC(iv)).encryptor()
    return encryptor.update(padder.update(plaintext) + padder.finalize()) + encryptor.finalize()


def decrypt(key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
    """The plaintext. Only call it after `is_authentic`: whoever can see padding errors can decrypt.

    Raises:
        ValueError: the length or the padding is wrong.
    """
    decryptor = Cipher(AES(key), CBC(iv)).decryptor()
    unpadder = PKCS7(AES.block_size).unpadder()
    return unpadder.update(decryptor.update(ciphertext) + decryptor.finalize()) + unpadder.finalize()


def mac(key: bytes, message: bytes) -> bytes:
    """The 32-byte tag of a message."""
    return hmac.digest(key, message, "sha256")


def is_authentic(key: bytes, message: bytes, tag: bytes) -> bool:
    """Whether `tag` is the message's, compared in constant time."""
    return hmac.compare_digest(mac(key, message), tag)
