"""The table of exit codes."""

import pytest

from backend.cli.exits import ExitCode, exit_code


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("http.status", 1),
        ("internal", 1),
        ("http.cancelled", 1),
        ("run.timeout", 1),
        ("usage.not_confirmed", 0),
        ("automation.invalid", 2),
        ("usage.no_terminal", 2),
        ("settings.invalid", 2),
        ("vault.locked", 3),
        ("vault.wrong_key", 3),
        ("vault.keychain_unavailable", 3),
        ("credential.missing", 4),
        ("credential.not_found", 4),
        ("http.unauthorized", 5),
        ("http.forbidden", 5),
        ("x.unauthorized", 5),
        *(
            (f"x.forbidden{of_key}", 5)
            for of_key in (
                "",
                ".no_write_permission",
                ".not_enrolled",
                ".wrong_authentication",
                ".plan",
                ".suspended",
            )
        ),
        *((f"x.forbidden.{of_tweet}", 1) for of_tweet in ("duplicate", "reply", "resource", "tweet_gone")),
        ("policy.host_blocked", 6),
        ("vault.truncated", 7),
        ("vault.tampered", 7),
        ("vault.too_new", 7),
    ],
)
def test_an_error_ends_with_the_exit_code_of_the_contract(error: str, expected: int) -> None:
    assert exit_code(error) == expected


def test_a_code_counts_by_its_longest_known_beginning() -> None:
    assert exit_code("credential.missing.more") == ExitCode.CREDENTIAL_MISSING
    assert exit_code("credential.incomplete") == ExitCode.FAILED
    assert exit_code("policy") == ExitCode.BLOCKED
    assert exit_code("policyx") == ExitCode.FAILED
    assert exit_code("") == ExitCode.FAILED
