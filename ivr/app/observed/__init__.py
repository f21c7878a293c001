"""One request as whoever watches sees it: its id, its call, what became of it, and why it was refused."""
