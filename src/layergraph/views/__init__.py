"""A graph → something to look at."""
