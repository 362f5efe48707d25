"""A conversation to take away: plain text, Markdown, Word, and one HTML file that asks for nothing from anywhere."""
