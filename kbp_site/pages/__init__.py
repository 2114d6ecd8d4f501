"""What we show: pages are planned from the library and rendered to Markdown."""
