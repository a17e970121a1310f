"""A flat list of layers → a `Graph`: wired, proved acyclic, ordered, and inferred in one walk."""
