"""What a community already has comes in as drafts: Word files, sheets, chats and photos."""
