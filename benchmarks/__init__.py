"""What was measured, and by what. Not shipped with the package."""
