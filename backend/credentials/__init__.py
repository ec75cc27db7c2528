"""Credentials: their types (one schema file each), their records, and what may be done with them."""
