"""The telephone network's part, played over HTTP or in process: it sees bytes and knows nothing of the engine."""
