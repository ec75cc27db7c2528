"""Takes a command apart as the shell it was written for would. Expands nothing and runs nothing. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from backend.importers.imported import ImportFailed

Dialect: TypeAlias = Literal["posix", "cmd", "powershell"]

_ANSI: Mapping[str, str] = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"
}  # fmt: skip
_CODE = re.compile(r"u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})")
_BYTE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))")
_BYTES = re.compile(rf"(?:{_BYTE.pattern})+")
_ENDS = frozenset("|;&<>\n")
_CARET_LINE = re.compile(r"\^[ \t]*\r?\n|\^\"")
_SLASHES = re.compile(r"(\\*)(.?)", re.DOTALL)
_TICK_LINE = re.compile(r"`[ \t]*\r?\n")


def dialect_of(text: str) -> Dialect:
    """Which shell a command was copied for: by how it continues its lines, and by its quotes."""
    if _CARET_LINE.search(text):
        return "cmd"
    return "powershell" if _TICK_LINE.search(text) else "posix"


def words_of(text: str, dialect: Dialect) -> tuple[list[str], bool]:
    """The words of the first command, and whether more came after it. Raises ImportFailed."""
    if dialect == "cmd":
        return _cmd(text)
    return _Reader(text, _POSIX if dialect == "posix" else _POWERSHELL).read()


class _Reader:
    """One pass over the text; `quotes` says what each sign begins."""

    def __init__(self, text: str, quotes: "Mapping[str, Callable[[_Reader], None]]") -> None:
        self.text = text.replace("\r\n", "\n")
        self.place = 0
        self.word: list[str] = []
        self.is_word = False
        self._quotes = quotes

    def read(self) -> tuple[list[str], bool]:
        words: list[str] = []
        while self.place < len(self.text):
            sign = self.text[self.place]
            if sign in _ENDS:
                self._end(words)
                if words or sign != "\n":
                    return words, bool(self.text[self.place :].strip())
                self.place += 1
            elif sign.isspace():
                self._end(words)
                self.place += 1
            elif quote := self._quotes.get(sign):
                quote(self)
            else:
                self.take(sign)
                self.place += 1
        self._end(words)
        return words, False

    def take(self, text: str) -> None:
        self.word.append(text)
        self.is_word = True

    def until(self, sign: str) -> str:
        """What stands up to the next `sign`; goes on behind it."""
        end = self.text.find(sign, self.place)
        if end < 0:
            raise unbalanced()
        found, self.place = self.text[self.place : end], end + 1
        return found

    def _end(self, words: list[str]) -> None:
        if self.is_word:
            words.append("".join(self.word))
        self.word, self.is_word = [], False


def unbalanced() -> ImportFailed:
    """The error for a quote that nobody closes."""
    return ImportFailed(
        "import.unbalanced",
        "A quote in the command is opened and never closed.",
        hint="Copy the whole command, from curl to its last line.",
    )


def _single(reader: _Reader) -> None:
    reader.place += 1
    reader.take(reader.until("'"))


def _double(reader: _Reader) -> None:
    reader.place += 1
    reader.take("")
    while (sign := _sign(reader)) != '"':
        after = reader.text[reader.place + 1 : reader.place + 2]
        if sign == "\\" and after in {"$", "`", '"', "\\", "\n"}:
            reader.take("" if after == "\n" else after)
            reader.place += 2
        else:
            reader.take(sign)
            reader.place += 1
    reader.place += 1


def _sign(reader: _Reader) -> str:
    if reader.place >= len(reader.text):
        raise unbalanced()
    return reader.text[reader.place]


def _backslash(reader: _Reader) -> None:
    after = reader.text[reader.place + 1 : reader.place + 2]
    if after != "\n":
        reader.take(after)
    reader.place += 2


def _dollar(reader: _Reader) -> None:
    after = reader.text[reader.place + 1 : reader.place + 2]
    if after == "'":
        reader.place += 2
        _ansi(reader)
    elif after == '"':
        reader.place += 1
    else:
        reader.take("$")
        reader.place += 1


def _ansi(reader: _Reader) -> None:
    """The quotes of $'…', in which a backslash says what C says by it."""
    reader.take("")
    while (sign := _sign(reader)) != "'":
        if sign != "\\":
            reader.take(sign)
            reader.place += 1
            continue
        if written := _BYTES.match(reader.text, reader.place):
            reader.take(_decoded(written[0]))
            reader.place = written.end()
        elif found := _CODE.match(reader.text, reader.place + 1):
            code = int(found[1] or found[2], 16)
            reader.take(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")
            reader.place = found.end()
        else:
            after = reader.text[reader.place + 1 : reader.place + 2]
            reader.take(_ANSI.get(after, after))
            reader.place += 2
    reader.place += 1


def _decoded(escapes: str) -> str:
    r"""What `\xc3\xbc` writes: bytes of UTF-8. WebKit writes the sign itself, `\xfc`."""
    found = bytes(int(two, 16) if two else int(eight, 8) & 0xFF for two, eight in _BYTE.findall(escapes))
    try:
        return found.decode()
    except UnicodeDecodeError:
        return found.decode("latin-1")


def _ps_single(reader: _Reader) -> None:
    _single(reader)
    while reader.text.startswith("'", reader.place):
        reader.place += 1
        reader.take("'" + reader.until("'"))


def _ps_double(reader: _Reader) -> None:
    reader.place += 1
    reader.take("")
    while (sign := _sign(reader)) != '"' or reader.text.startswith('""', reader.place):
        skip = 2 if sign in '`"' else 1
        reader.take(reader.text[reader.place + skip - 1 : reader.place + skip])
        reader.place += skip
    reader.place += 1


def _tick(reader: _Reader) -> None:
    rest = _TICK_LINE.match(reader.text, reader.place)
    if rest is None:
        reader.take(reader.text[reader.place + 1 : reader.place + 2])
    reader.place = rest.end() if rest else reader.place + 2


_POSIX = {"'": _single, '"': _double, "\\": _backslash, "$": _dollar}
_POWERSHELL = {"'": _ps_single, '"': _ps_double, "`": _tick}


def _cmd(text: str) -> tuple[list[str], bool]:
    """First what cmd.exe does with ^, then what a program does with the line (C's rules for argv)."""
    line = re.sub(r"\^(?:[ \t]*\r?\n|(.))", lambda found: found[1] or "", text, flags=re.DOTALL)
    words: list[str] = []
    word: list[str] = []
    is_word = is_quoted = False
    pieces = _SLASHES.finditer(line)
    for found in pieces:
        slashes, sign = len(found[1]), found[2]
        word.append("\\" * (slashes // 2 if sign == '"' else slashes))
        is_word = is_word or slashes > 0
        if sign == '"' and not slashes % 2 and is_quoted and line.startswith('"', found.end()):
            word.append(sign)  # "" inside quotes is one sign
            next(pieces)
        elif sign == '"' and not slashes % 2:
            is_quoted, is_word = not is_quoted, True
        elif sign and (is_quoted or not sign.isspace()):
            word.append(sign)
            is_word = True
        elif is_word:
            words.append("".join(word))
            word, is_word = [], False
    if is_quoted:
        raise unbalanced()
    return ([*words, "".join(word)] if is_word else words), False
