"""torchvision, as far as it is named while a model is built; all else of it is unknown."""
