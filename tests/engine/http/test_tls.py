import ssl

from engine.http.tls import system_tls


def test_the_context_is_made_once_and_verifies_name_and_chain() -> None:
    context = system_tls()
    assert context is system_tls()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
