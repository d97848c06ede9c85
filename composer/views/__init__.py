"""Pages and pieces of the composer."""
