"""The models that this browser keeps: catalogues, downloads, imports, checks, exports."""
