"""The pictures of README.md, and what makes them and those of the editors' guide anew: `make pictures`."""
