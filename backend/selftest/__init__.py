"""`loopi --selftest`: proves on this machine that the program works, in a folder that is gone at the end."""
