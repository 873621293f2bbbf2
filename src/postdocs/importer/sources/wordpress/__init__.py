"""What WordPress stores of a post, and of what posts refer to."""
