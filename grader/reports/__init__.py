"""What people read: every form is rendered from the one record, or from its parts."""
