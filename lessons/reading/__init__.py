"""What the pages of lessons read: rows for lists and the parts of a page, each in a number of queries that never grows."""
