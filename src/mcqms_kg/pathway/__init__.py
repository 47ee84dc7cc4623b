"""Where credentials lead: plans, stacking, recognition, and what a change breaks, each with its reasons."""
