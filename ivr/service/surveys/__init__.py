"""Surveys: whom a list names, when they will all have been phoned, and what they answered."""
