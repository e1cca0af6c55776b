"""`metrica demo`: run the whole product on this machine, from a clip to the numbers on the page."""
