"""Signatures of credentials: keys, the proofs that sign, and lists of what was taken back."""
