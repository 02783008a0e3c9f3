"""The composition root: arguments, start and ordered stop, and what wires the rooms together."""
