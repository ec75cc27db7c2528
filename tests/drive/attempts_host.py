"""Attempts to lead a credential to another host than its own: by spelling, by values, by redirects."""

from drive.attempt import KEY, REDIRECTS, Attempt

BLOCKED, URL, REDIRECT = "policy.host_blocked", "http.invalid_url", "http.redirect_refused"
_REFUSED = {
    "http://<SERVER>@<STRANGER>/target": URL,
    "http://<SERVER>:x@<STRANGER>/target": URL,
    "http://<SERVER>\\@<STRANGER>/target": URL,
    "http://<STRANGER>\\@<SERVER>/target": URL,
    "http://<STRANGER>#@<SERVER>/target": BLOCKED,
    "http://<STRANGER>?@<SERVER>/target": BLOCKED,
    "http://<STRANGER>/@<SERVER>/target": BLOCKED,
    "http://<SERVER>%40<STRANGER>/target": URL,
    "http://<SERVER>%2f@<STRANGER>/target": URL,
    "http://<SERVER>%00.<STRANGER>/target": URL,
    "http://<SERVER>:<STRANGERPORT>/target": URL,
    "http://127.0.0.1:<STRANGERPORT>/target": BLOCKED,
    "http://127.0.0.1:0<SERVERPORT>/target": URL,
    "http://127.0.0.1:+<SERVERPORT>/target": URL,
    "http://127.0.0.1: <SERVERPORT>/target": URL,
    "http://127.0.0.1:99999/target": URL,
    "http://127。0。0。1:<STRANGERPORT>/target": BLOCKED,
    "http://127．0．0．1:<STRANGERPORT>/target": BLOCKED,
    "http://１２７.0.0.1:<STRANGERPORT>/target": BLOCKED,
    "http://2130706433:<STRANGERPORT>/target": URL,
    "http://0177.0.0.1:<STRANGERPORT>/target": URL,
    "http://0x7f.1:<STRANGERPORT>/target": URL,
    "http://127.1:<STRANGERPORT>/target": URL,
    "http://0:<STRANGERPORT>/target": URL,
    "http://0.0.0.0:<STRANGERPORT>/target": BLOCKED,
    "http://[::ffff:127.0.0.1]:<STRANGERPORT>/target": BLOCKED,
    "http://[::1%25lo]:<SERVERPORT>/target": URL,
    "http://[::1%lo]:<SERVERPORT>/target": URL,
    "http://[127.0.0.1]:<SERVERPORT>/target": URL,
    "http://localhost:<SERVERPORT>/target": BLOCKED,
    "http://localhost.:<SERVERPORT>/target": BLOCKED,
    "http://127.0.0.1\u00ad:<STRANGERPORT>/target": BLOCKED,
    "http://127.0.0.1\t:<STRANGERPORT>/target": URL,
    " http://<STRANGER>/target": BLOCKED,
    "http:<STRANGER>/target": URL,
    "http:/<STRANGER>/target": URL,
    "http:///<STRANGER>/target": URL,
    "//<STRANGER>/target": URL,
    "<STRANGER>/target": URL,
    "file:///etc/passwd": URL,
    "gopher://<SERVER>/target": URL,
    "javascript:alert(1)": URL,
    "ws://<SERVER>/target": URL,
    "https://<SERVER>/target": "http.tls_failed",
}
# Read as the allowed host itself, and sent to it.
_SAME = ("http://127.0.0.1.:<SERVERPORT>/target", "http://127.0.0.1\u200b:<SERVERPORT>/target")
_BY_NAME = {
    "http://lоcalhost:<SERVERPORT>/target": BLOCKED,
    "http://localhost%2eevil.example:<SERVERPORT>/target": URL,
    "http://localhost.evil.example:<SERVERPORT>/target": BLOCKED,
    "http://evil.localhost:<SERVERPORT>/target": BLOCKED,
    "http://127.0.0.1:<SERVERPORT>/target": BLOCKED,
}
SPELT = (
    *(Attempt(url, {"url": url, "headers": KEY}, refused=code) for url, code in _REFUSED.items()),
    *(Attempt(url, {"url": url, "headers": KEY}, arrives="POST /target") for url in _SAME),
    *(
        Attempt(f"by name: {url}", {"url": url, "credentialId": "Named", "headers": KEY}, refused=code)
        for url, code in _BY_NAME.items()
    ),
)
FROM_A_VALUE = (
    Attempt("a whole host", {"url": "http://{{evil}}/target", "headers": KEY}, "<STRANGER>", BLOCKED),
    Attempt(
        "a user before the host", {"url": "http://{{evil}}<SERVER>/target"}, "x@<STRANGER>/", "template.host"
    ),
    Attempt("a port", {"url": "http://127.0.0.1:{{evil}}/target", "headers": KEY}, "<STRANGERPORT>", BLOCKED),
    Attempt("a base address", {"url": "{{evil}}target", "headers": KEY}, "http://<STRANGER>/", BLOCKED),
    Attempt(
        "a secret as the host",
        {"url": "http://{{credentials.key}}.example.invalid/"},
        refused="template.host",
    ),
)
_BY_PLACE = (
    BLOCKED,
    BLOCKED,
    REDIRECT,
    REDIRECT,
    BLOCKED,
    REDIRECT,
    BLOCKED,
    BLOCKED,
    *[REDIRECT] * 4,
    BLOCKED,
)
_WITH = {"Keys": {"headers": KEY}, "Signed": {}}
REDIRECTED = tuple(
    Attempt(
        f"{name}: {location}",
        {"url": f"http://<SERVER>/go{place}", "method": "GET", "credentialId": name, **more},
        # Those without a code lead to a path of the same host, and never further.
        refused=_BY_PLACE[place] if place < len(_BY_PLACE) else "",
        arrives=f"GET /go{place}\nGET /",
    )
    for place, location in enumerate(REDIRECTS)
    for name, more in _WITH.items()
)
