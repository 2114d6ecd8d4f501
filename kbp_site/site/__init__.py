"""How the site is made and made public."""
