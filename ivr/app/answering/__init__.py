"""What each webhook is answered, whatever carries the request: a document, a line, or that a notice was kept."""
