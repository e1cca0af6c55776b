"""The scheduled Lambda that opens and closes incidents."""
