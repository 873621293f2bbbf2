"""Made blogs, and what builds them."""
