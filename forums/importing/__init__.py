"""Reading the dumps of other forums."""
