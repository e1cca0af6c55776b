"""The part of the picture around the counting line: the model sees people who are small there larger in it."""
