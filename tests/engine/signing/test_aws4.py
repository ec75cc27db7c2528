"""The examples that AWS publishes: the signature-v4 test suite, the General Reference, and S3's own."""

from datetime import UTC, datetime

import pytest

from engine.http.message import HttpRequest
from engine.http.url import parse_url
from engine.ports import Credential, Signing
from engine.secrets import Secret
from engine.signing.aws4 import Keys, canonical_request, sign_aws4, signing_key, string_to_sign
from engine.signing.signer import signer

SUITE = Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service")
IAM = Keys("AKIDEXAMPLE", SUITE.secret_access_key, "us-east-1", "iam")
S3 = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3")
AT = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
S3_AT = datetime(2013, 5, 24, tzinfo=UTC)
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
FORM_UTF8 = (("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
IAM_REQUEST = HttpRequest(
    "GET", parse_url("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"), FORM_UTF8
)


def request(url: str, *, method: str = "GET", body: bytes | None = None) -> HttpRequest:
    return HttpRequest(method, parse_url(url), FORM if body else (), body)


SUITE_URL, S3_URL = "https://example.amazonaws.com/", "https://examplebucket.s3.amazonaws.com/"
VECTORS = {
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31": (request(SUITE_URL), SUITE),
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500": (
        request(SUITE_URL + "?Param2=value2&Param1=value1"),
        SUITE,
    ),
    "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a": (
        request(SUITE_URL, method="POST", body=b"Param1=value1"),
        SUITE,
    ),
    "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7": (IAM_REQUEST, IAM),
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543": (request(S3_URL + "?lifecycle"), S3),
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7": (
        request(S3_URL + "?max-keys=2&prefix=J"),
        S3,
    ),
}


@pytest.mark.parametrize("signature", VECTORS)
def test_the_published_signatures_come_out(signature: str) -> None:
    asked, keys = VECTORS[signature]
    value = sign_aws4(asked, keys, S3_AT if keys is S3 else AT).header("Authorization") or ""
    assert value.partition("Signature=")[2] == signature


def test_each_stage_is_the_published_one() -> None:
    dated = IAM_REQUEST.with_header("X-Amz-Date", "20150830T123600Z")
    canonical, signed = canonical_request(dated, EMPTY, is_s3=False)
    assert signed == "content-type;host;x-amz-date"
    assert canonical == (
        "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
        "content-type:application/x-www-form-urlencoded; charset=utf-8\n"
        "host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
        f"content-type;host;x-amz-date\n{EMPTY}"
    )
    assert string_to_sign(canonical, "20150830T123600Z", "20150830/us-east-1/iam/aws4_request") == (
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
        "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
    )
    assert (
        signing_key(IAM, "20150830").hex()
        == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
    )


@pytest.mark.parametrize(
    ("path", "is_s3", "written"),
    [
        ("/a/../b/./c//d/", False, "/b/c/d/"),
        ("/a/../b", True, "/a/../b"),
        ("/a%20b", False, "/a%2520b"),
        ("/a%20b+(c)", True, "/a%20b%2B%28c%29"),
        ("/", False, "/"),
        ("/%FF", True, "/%FF"),
    ],
)
def test_a_path_is_written_as_its_service_reads_it(path: str, is_s3: bool, written: str) -> None:  # noqa: FBT001
    canonical, _ = canonical_request(request("https://h.example" + path), EMPTY, is_s3=is_s3)
    assert canonical.split("\n")[1] == written


def test_bytes_that_are_no_text_are_signed_as_they_are_sent() -> None:
    canonical, _ = canonical_request(request("https://h.example/?b=%FF%C3%BC&%E9=%2B"), EMPTY, is_s3=True)
    assert canonical.split("\n")[2] == "%E9=%2B&b=%FF%C3%BC"


def test_a_token_of_temporary_keys_is_sent_and_signed() -> None:
    keys = Keys("ASIAEXAMPLE", SUITE.secret_access_key, "us-east-1", "service", "token-0001")
    signed = sign_aws4(request("https://example.amazonaws.com/"), keys, AT)
    assert signed.header("X-Amz-Security-Token") == "token-0001"
    assert "SignedHeaders=host;x-amz-date;x-amz-security-token," in (signed.header("Authorization") or "")


def test_a_second_signature_takes_the_place_of_the_first() -> None:
    once = sign_aws4(request("https://examplebucket.s3.amazonaws.com/"), S3, S3_AT)
    assert sign_aws4(once, S3, S3_AT).headers == once.headers


def test_a_credential_signs_by_its_fields() -> None:
    fields: dict[str, Secret | str] = {
        "accessKeyId": "AKIDEXAMPLE",
        "secretAccessKey": Secret(SUITE.secret_access_key),
        "region": "us-east-1",
        "service": "service",
    }
    put = signer(Credential("1", "AWS", "aws", fields, Signing("aws4")), lambda: "")
    value = put(request("https://example.amazonaws.com/")).header("Authorization") or ""
    assert value.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert SUITE.secret_access_key not in value
