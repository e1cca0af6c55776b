"""Generate a clip of people who walk through a doorway, with every crossing known, for machines without footage."""
