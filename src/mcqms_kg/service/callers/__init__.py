"""Who calls, what they may do and see, and how often they may ask."""
