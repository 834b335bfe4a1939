"""The only room that may import js, pyodide and pyscript."""
