"""`ivr serve`: a parent that keeps processes alive, and the HTTP server of those that take calls (docs/adr/0012)."""
