"""The process and its machine: output, log, signals. Knows nothing of phones or windows."""
