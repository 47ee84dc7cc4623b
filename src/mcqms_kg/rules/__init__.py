"""The rulebook: clauses and requirements, profiles, findings, verdicts, waivers, comparison of runs."""
