"""The door for editors: the stock Django admin with our own pages. It holds no rules; it calls `workflow`."""
