"""Builds and starts the Windows program on Linux: a Windows CPython under Wine. See README.md."""
