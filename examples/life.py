"""Conway's game of life on an endless plane: a set of living cells and one comprehension."""

from itertools import islice

GLIDER = """
.#.
..#
###
"""


def parse(picture):
    rows = picture.strip().splitlines()
    return {(x, y) for y, row in enumerate(rows) for x, char in enumerate(row) if char == "#"}


def neighbours(x, y):
    return {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy}


def generations(cells):
    while True:
        yield cells
        near = cells.union(*(neighbours(*cell) for cell in cells))
        cells = {
            cell
            for cell in near
            if (n := len(neighbours(*cell) & cells)) == 3 or n == 2 and cell in cells
        }


def draw(cells, width=8, height=6):
    return "\n".join("".join(".#"[(x, y) in cells] for x in range(width)) for y in range(height))


for number, cells in enumerate(islice(generations(parse(GLIDER)), 0, 13, 4)):
    print(f"generation {number * 4}, {len(cells)} cells")
    print(draw(cells))

blinker = generations({(0, 0), (1, 0), (2, 0)})
first, second, third = islice(blinker, 3)
print("a blinker blinks:", first != second, first == third)
