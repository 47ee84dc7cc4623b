"""Plans answered on arrays of numbers (NumPy): a step for all rows takes microseconds, where SQL must first be planned."""
