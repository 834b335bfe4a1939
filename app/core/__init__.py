"""Room 0: values, ports, errors and small tools. Standard library only, no input or output."""
