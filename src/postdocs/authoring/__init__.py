"""Starting and publishing posts, and starting sites."""
