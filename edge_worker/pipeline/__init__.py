"""The path of a frame from a source to its crossings: decode, detect, track, count."""
