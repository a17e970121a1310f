"""Rules for the values of data: what an input, a target or a weight may hold."""
