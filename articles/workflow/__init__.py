"""What we may do: the verbs. Each is one transaction with one Event, and refuses in whole sentences."""
