"""How right a count is, against a clip whose crossings are known."""
