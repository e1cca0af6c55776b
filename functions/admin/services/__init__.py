"""What the routes do: each function decides, raises problems, writes the audit log and builds the response."""
