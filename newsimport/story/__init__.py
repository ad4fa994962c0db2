"""What a story is: who it is, what to call it, what to say of it."""
