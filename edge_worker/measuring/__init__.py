"""How fast this machine counts: every trial is a process of its own, so that one cannot flatter or spoil another."""
