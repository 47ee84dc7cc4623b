"""The same plans on Apache Spark, for graphs beyond one machine. Nothing here is imported unless that engine is asked for."""
