"""Figures for Prometheus, counted by each process that answers calls and read from the database when asked."""
