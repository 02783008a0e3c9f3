"""The network calls that only Windows has, through ctypes."""
