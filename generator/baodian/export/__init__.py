"""The handbook as files to hand on: one module for each format, each from the same page values."""
