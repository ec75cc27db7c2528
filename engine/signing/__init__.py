"""How a credential is put on a request by itself. Knows messages and credentials, no step and no vault."""
