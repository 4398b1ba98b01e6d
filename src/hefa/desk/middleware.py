"""What every request to the desk gets: the actor, and the security headers."""
