"""Audit packs: one file with data, rulebook, report and signature. What is in it, and the bytes that hold it."""
