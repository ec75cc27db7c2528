"""The door of the page: what it may ask over loopback, and how it is told what happened."""
