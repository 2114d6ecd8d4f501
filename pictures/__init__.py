"""The pictures of README.md, and what makes those of the editors' guide anew: `make pictures`."""
