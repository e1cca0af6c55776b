"""Speed measurements on this machine. Every measurement runs in a process of its own."""
