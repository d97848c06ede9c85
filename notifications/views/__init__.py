"""Pages of notices and their settings."""
