"""The frozen values that flow from stage to stage; nothing here does work."""
