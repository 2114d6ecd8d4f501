"""KBP Site: YAML records of a learning community become a public site."""

__version__ = "0.1.0"
