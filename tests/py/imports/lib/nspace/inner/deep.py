x = "deep"
