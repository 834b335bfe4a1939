"""What reads documents and finds in them: run by a worker beside the page's, never by the page's own Python."""
