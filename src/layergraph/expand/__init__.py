"""A graph file's nodes → a flat list of layers, each with the path by which it is named."""
