"""What plain ablog gets wrong, and that it is right here."""
