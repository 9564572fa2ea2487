"""What was written: copy cleaned, parsed, its quotations found, attributed and compared. Pure functions."""
