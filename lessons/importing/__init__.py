"""Import of lessons from files: mapping, reading, cleaning, judging rows, report. Writing is in services/."""
