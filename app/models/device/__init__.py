"""What this device can do: the check, the recommendation, the benchmark."""
