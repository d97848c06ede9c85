"""Lessons in the admin. Reached by stewards and facilitators; contributors and administrators may look."""
