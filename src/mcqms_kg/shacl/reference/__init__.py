"""The reference engine: pySHACL, within bounds."""
