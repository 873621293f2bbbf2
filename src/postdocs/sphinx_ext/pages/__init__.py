"""Pages and lists of posts as readers see them."""
