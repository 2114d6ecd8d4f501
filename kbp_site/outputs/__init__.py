"""What stands beside the pages: feeds, a calendar, open data, a sitemap, data for search engines."""
