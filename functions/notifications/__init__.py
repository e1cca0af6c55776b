"""The scheduled Lambda that tells people about incidents, by mail and by webhook."""
