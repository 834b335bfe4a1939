"""What reads documents and finds in them."""
