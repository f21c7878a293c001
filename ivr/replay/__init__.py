"""Calls as files: a fixture is played through the bare engine and through the webhooks, and both must agree."""
