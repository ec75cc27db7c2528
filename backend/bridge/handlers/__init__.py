"""What the methods do: one file a topic, thin, over the program."""
