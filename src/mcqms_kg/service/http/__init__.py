"""What HTTP asks of every request and response: bounds, headers, negotiation, errors."""
