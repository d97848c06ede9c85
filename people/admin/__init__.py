"""People and the audit trail in the Wagtail admin."""
