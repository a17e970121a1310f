"""The models of a graph file: what each section may hold, and where in the file it stands."""
