"""Answers as words, as statements and as pictures."""
