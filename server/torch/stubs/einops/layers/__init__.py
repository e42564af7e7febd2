"""einops.layers: for each framework."""
