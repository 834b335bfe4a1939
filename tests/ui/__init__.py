"""The HTML that people see, without a browser."""
