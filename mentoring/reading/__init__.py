"""What the pages of mentoring show, cut to their reader."""
