"""The vault: credentials sealed in one file, and where its key comes from. Knows no other package."""
