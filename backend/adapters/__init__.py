"""Where the vault meets the engine: the only rooms that know both."""
