"""What the process exits with, beside 0 and click's 2 for wrong use."""

INPUT_HAS_ERRORS = 1
DEFECT = 3
INTERRUPTED = 130
"""What shells say of a process that Ctrl-C ended: 128 and the number of the signal."""
