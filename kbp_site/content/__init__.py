"""What we know: records are read, checked and gathered here."""
