"""Mail of notices: what may go now, the letter, and the turn of the worker that sends it."""
