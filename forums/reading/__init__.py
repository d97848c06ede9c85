"""What pages of the forums read, in a constant number of queries: rows for lists, a window of a topic, what is kept."""
