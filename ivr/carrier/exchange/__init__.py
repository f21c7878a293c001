"""The REST side of the network: it takes calls to be placed, tells of them, and rings the telephones of customers."""
