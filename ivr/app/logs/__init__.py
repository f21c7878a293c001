"""What goes into the log, and how: one event is one line, whatever is in it, and no caller can be read from it."""
