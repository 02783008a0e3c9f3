"""Colours, style sheet, icons, painting."""
