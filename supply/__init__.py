"""What the program brings of others: read from the locks and the lists beside vendored files, and told as an SBOM."""
