"""HTTP as a run needs it: host policy, caps, deadlines, redirects by hand. Knows no step and no vault."""
