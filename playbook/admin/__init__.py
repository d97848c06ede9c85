"""The parts of the playbook that are not pages, in the admin."""
