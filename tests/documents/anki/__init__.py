"""What reads and writes files of Anki's, with Anki's own library as the other side."""
