"""The engine's errors: one shape, written for a person. Knows no secrets: a message never carries a value."""


class LoopiError(Exception):
    """What happened (`message`), a stable `code`, what to do next (`hint`), whether a later try may succeed.

    `code` is dotted lower case and listed in docs/errors.md. Subclasses group codes by who raises them.
    """

    def __init__(self, code: str, message: str, *, hint: str = "", retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.retryable = retryable

    def to_json(self) -> dict[str, str]:
        """The error as the command line and the page show it: `{"code", "message", "hint"}`."""
        return {"code": self.code, "message": self.message, "hint": self.hint}
