print("loading y")
name = "y"
