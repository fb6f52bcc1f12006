"""What each command takes: its arguments, options and help, and nothing that has to be imported for its work."""
