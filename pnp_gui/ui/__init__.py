"""The window: Qt models and widgets over bench/. It knows no SIP header and no socket."""
