"""A flow as a picture: cards with a row for each way out, laid out and drawn as SVG."""
