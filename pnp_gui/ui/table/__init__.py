"""The table of phones: model, view, columns, delegates."""
