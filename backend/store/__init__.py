"""Files that hold no secret: automations and settings. Knows the engine's data, not the vault."""
