"""Units, people, posts and teams."""
