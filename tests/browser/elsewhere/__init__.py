"""The page in Firefox and in WebKit: the same steps in both, since people use more than Chromium."""
