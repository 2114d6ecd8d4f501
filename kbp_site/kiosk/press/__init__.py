"""What is printed of a site: posters, leaflets, sheets for meetings, pocket books, a page for volunteers."""
