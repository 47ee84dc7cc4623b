"""SPARQL 1.1 Update: worked out in a process that can be killed, done afterwards."""
