"""What a shape asks, as a relational plan, before it is SQL or anything else."""
