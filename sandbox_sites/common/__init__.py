"""What all sandbox sites share: sessions, the control server, answers, the process."""
