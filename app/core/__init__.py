"""Values, ports, errors and small tools. Standard library only, no input or output."""
