"""Running what was judged on the embedded store, in a process that can be killed."""
