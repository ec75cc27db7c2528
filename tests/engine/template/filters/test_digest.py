import hashlib
import hmac
from base64 import b64encode

import pytest

from engine.template.errors import TemplateError
from engine.template.filters.digest import md5, sha1, sha256, sha512, sign
from engine.template.filters.error import FilterError


def test_digests_are_those_of_the_text_as_utf_8() -> None:
    content = "né"
    for act, name in ((md5, "md5"), (sha1, "sha1"), (sha256, "sha256"), (sha512, "sha512")):
        assert act(content) == hashlib.new(name, content.encode()).hexdigest()


@pytest.mark.parametrize("algorithm", ["sha256", "sha1", "sha512", "sha384", "md5"])
def test_a_signature_is_the_one_of_rfc_2104(algorithm: str) -> None:
    expected = hmac.new(b"key", b'{"a":1}', algorithm).hexdigest()

    assert sign({"a": 1}, "key", algorithm) == expected


def test_a_signature_may_be_written_in_base64() -> None:
    expected = b64encode(hmac.digest(b"key", b"hi", "sha1")).decode()

    assert sign("hi", "key", "sha1", "base64") == expected
    assert "=" not in sign("hi", "key", "sha1", "base64url")


@pytest.mark.parametrize("arguments", [("key", "shake_128"), ("key", "sha256", "octal"), ("key", "")])
def test_only_known_algorithms_and_forms_are_taken(arguments: tuple[str, ...]) -> None:
    with pytest.raises(FilterError):
        sign("hi", *arguments)


def test_half_a_character_has_no_digest() -> None:
    with pytest.raises(TemplateError):
        sha256("\ud800")
