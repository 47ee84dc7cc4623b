"""Child processes that can be killed, and what holds a process to its share of the machine."""
