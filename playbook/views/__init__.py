"""Views of the playbook that are not pages."""
