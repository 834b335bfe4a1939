"""What reads documents and finds in them; it runs in a second worker of the page and in tests alike."""
