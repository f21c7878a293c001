"""The carrier's ledger against the database: what must hold after every call, judged by nobody who wrote it."""
