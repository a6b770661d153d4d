v = "leaf2"
