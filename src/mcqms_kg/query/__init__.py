"""Asking: the library of questions, the guard before the engine, and the processes that can be killed."""
