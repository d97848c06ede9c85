"""The pages of the forums. Views find what the reader may see, call a reading or a service, and render."""
