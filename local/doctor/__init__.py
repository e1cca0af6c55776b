"""`metrica doctor`: check a deployment from outside, with what to do for each finding."""
