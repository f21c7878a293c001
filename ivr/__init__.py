"""ivr: service hotlines as plain text, every call replayable, every outcome a case."""
