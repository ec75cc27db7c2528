"""Other programs' notations, read into automations and credentials. Pure: nothing is stored, sent or run."""
