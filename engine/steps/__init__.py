"""One file per kind of step, one registry."""
