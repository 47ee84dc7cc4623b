"""Datasets and their versions: the graphs in a store, the original bytes beside it, and who handed in what and when."""
