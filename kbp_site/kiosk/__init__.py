"""The editions that travel: what goes to fairs and villages without the internet."""
