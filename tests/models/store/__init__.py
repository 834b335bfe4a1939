"""The models that the browser keeps."""
