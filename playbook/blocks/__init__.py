"""Blocks of the structured fields of plays and tools."""
