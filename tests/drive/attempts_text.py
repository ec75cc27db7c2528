"""Attempts to make a template do more than insert a value, and to reach files outside the folder of files."""

from drive.attempt import Attempt

INVALID, UNKNOWN = "automation.invalid", "template.unknown_name"
AGAIN = "{{credentials.key}}"
_ESCAPES = {
    "{{evil.__class__}}": UNKNOWN,
    "{{ ''.__class__.__mro__ }}": UNKNOWN,
    "{{evil['__class__']}}": UNKNOWN,
    "{{[].append}}": UNKNOWN,
    "{{(evil).constructor}}": UNKNOWN,
    "{{steps.evil.__dict__}}": UNKNOWN,
    "{{cycler.__init__.__globals__}}": UNKNOWN,
    "{{lipsum}}": UNKNOWN,
    "{{self}}": UNKNOWN,
    "{{request}}": UNKNOWN,
    "{{range(9)}}": INVALID,
    "{{evil | attr('__class__')}}": INVALID,
    "{{'%s' | format(evil)}}": INVALID,
    "{{evil.format(1)}}": INVALID,
    "{{credentials}}": INVALID,
    "{{credentials | json}}": INVALID,
    "{{credentials.key[0]}}": INVALID,
    "{{credentials.key | length}}": INVALID,
    "{{credentials.key | upper}}": INVALID,
    "{{credentials.key == 's'}}": INVALID,
    "{{evil ~ credentials.key}}": INVALID,
}
TEMPLATES = (
    *(Attempt(text, {"body": {"text": text}}, AGAIN, code) for text, code in _ESCAPES.items()),
    Attempt("a placeholder in a value", {"body": {"text": "<{{evil}}>"}}, AGAIN, arrives=f"<{AGAIN}>"),
    Attempt("a placeholder in a list", {"body": {"json": ["{{evil}}"]}}, [AGAIN], arrives=f'[["{AGAIN}"]]'),
    Attempt("a placeholder in a header", {"headers": {"X-A": "{{evil}}"}}, AGAIN, arrives=f"X-A: {AGAIN}"),
    Attempt(
        "a placeholder in a query",
        {"query": {"a": "{{evil}}"}},
        AGAIN,
        arrives="?a=%7B%7Bcredentials.key%7D%7D",
    ),
    Attempt("a placeholder in a placeholder", {"body": {"text": f"{{{{'{AGAIN}'}}}}"}}, arrives=AGAIN),
    Attempt("a statement", {"body": {"text": "{% set x = 1 %}{{evil}}"}}, "y", arrives="{% set x = 1 %}y"),
    Attempt(
        "a statement in a value", {"body": {"text": "{{evil}}"}}, "{% raw %}{# #}", arrives="{% raw %}{# #}"
    ),
)
NAME, OUTSIDE = "file.bad_name", "file.outside"
_SAVED = {
    **dict.fromkeys(("../outside", "a/../../outside", "/etc/x", ".hidden", "a/.b/c", "a\x00b", "a\nb"), NAME),
    **dict.fromkeys(
        ("CON", "nul.txt", "com¹", "C:\\x", "a:b", "x. ", "a\\..\\b", "a\u202egnp.exe", "a*"), NAME
    ),
    "x" * 300: NAME,
    "link.txt": OUTSIDE,
    "way/x": OUTSIDE,
}
_SENT = {
    **dict.fromkeys(("../outside", "/etc/passwd", "..\\outside", "file:///etc/passwd"), NAME),
    **dict.fromkeys(("link.txt", "way/outside"), OUTSIDE),
}
_OWN = "file.not_literal"
FILES = (
    *(
        Attempt(f"save {name[:20]!r}", {"saveResponseTo": name}, refused=code)
        for name, code in _SAVED.items()
    ),
    Attempt("save under a value", {"saveResponseTo": "{{evil}}"}, "../outside", NAME),
    Attempt("save under the folder above", {"saveResponseTo": "a/{{evil}}/outside"}, "..", NAME),
    Attempt("save anywhere", {"saveResponseTo": "{{evil}}"}, "/etc/passwd", NAME),
    *(Attempt(f"send {name!r}", {"body": {"file": name}}, refused=code) for name, code in _SENT.items()),
    Attempt("send a value", {"body": {"file": "{{evil}}"}}, "plain.txt", _OWN),
    Attempt(
        "send a value as a part",
        {"body": {"multipart": [{"name": "f", "file": "{{evil}}"}]}},
        "plain.txt",
        _OWN,
    ),
    Attempt(
        "send a link as a part", {"body": {"multipart": [{"name": "f", "file": "link.txt"}]}}, refused=OUTSIDE
    ),
    Attempt("save at home", {"saveResponseTo": "~/x"}, arrives="POST /target"),
)
