"""The process that checks, and all kinds of work that it does: each kind is a plain function, in a file named by what it is about."""
