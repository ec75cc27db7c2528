"""From a JSON document to an Automation, or to all that is wrong with it."""
