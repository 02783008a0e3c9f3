"""The history window: who was offered which URL, and what the phone answered."""
