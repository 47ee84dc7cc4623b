"""Where a credential is recognised, at which level, and by which chain of facts."""
