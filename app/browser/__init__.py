"""Room 4b: the only room that may import js, pyodide and pyscript."""
