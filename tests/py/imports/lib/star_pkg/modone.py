print("modone loaded by the star import")
