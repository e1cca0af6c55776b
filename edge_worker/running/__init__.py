"""One run of one camera, from start to stop: options, feed, counting thread, session."""
