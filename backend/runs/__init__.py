"""Runs on this machine: a thread each, a journal, and those who listen."""
