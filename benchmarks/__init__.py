"""What was measured, and the generator of made-up sites that it was measured on."""
