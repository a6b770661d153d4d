größe = 1; 漢字 = 2 größe
