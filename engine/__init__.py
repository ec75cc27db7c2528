"""What happens: the automation language and its run. Knows no machine, no vault, no window."""
