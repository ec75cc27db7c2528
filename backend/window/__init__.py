"""The window: Loopi's page in an engine of this machine. Knows the door, and nothing of what is behind it.

The only room that imports webview. Everything here is imported late: the command line must start without it.
"""
