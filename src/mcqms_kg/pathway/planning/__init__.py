"""Plans from what is held to a target: the best ones, the smallest gaps, and their proofs."""
