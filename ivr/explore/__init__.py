"""Proof by exploring: every state the engine can reach is visited once, and promises are checked on the whole graph."""
