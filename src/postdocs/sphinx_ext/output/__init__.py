"""The output folder: what builds have written there, and what they wrote it from."""
