"""Flows between rooms of one row, which may not know each other. Each module is one flow with what it registers."""
