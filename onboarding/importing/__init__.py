"""Reads files of personnel."""
