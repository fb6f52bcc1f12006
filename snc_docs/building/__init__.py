"""What each command does but for its files: functions from values to files as bytes, with the findings met on the way."""
