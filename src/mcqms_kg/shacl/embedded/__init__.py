"""SPARQL that has no exact SQL, asked of the embedded store: where its answer is exact, and nowhere else."""
