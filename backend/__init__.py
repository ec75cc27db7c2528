"""On what machine: vault, files, command line and window around the engine."""

__version__ = "0.1.0"
