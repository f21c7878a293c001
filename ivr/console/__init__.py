"""The JSON API of cases, in a process of its own beside those that take calls (docs/api.md, docs/adr/0019)."""
