"""What a site says to its readers in their language: words, dates and the direction of writing."""
