"""Figures of mentoring for facilitators: counts and means of groups, never a person."""
