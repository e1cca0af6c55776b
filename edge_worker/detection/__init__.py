"""Where the people are in one frame: a small port with one module per inference engine."""
