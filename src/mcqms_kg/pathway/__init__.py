"""Where credentials lead: what the graph says as frozen values, plans over them, who recognises them, and why."""
