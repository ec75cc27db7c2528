"""What the page says of encrypted bundles. Passphrases go in and never come out."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class BundleExport:
    """Names or ids; with an automation go those it runs and the credentials it names. Or everything."""

    passphrase: str = field(repr=False)
    automations: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True)
class BundleFile:
    """The encrypted file in base64, what to call it, and how much is in it."""

    content: str
    file_name: str
    automations: int
    credentials: int


@dataclass(frozen=True)
class BundleImport:
    """`content` is a bundle in base64."""

    content: str = field(repr=False)
    passphrase: str = field(repr=False)
