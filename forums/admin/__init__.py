"""Boards and tags in the admin."""
