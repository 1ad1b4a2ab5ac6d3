"""How the embedded models are made, from data to weights. Not shipped with the package."""
