"""Counts the words of its own text and draws the most frequent ones."""

from collections import Counter


def words(text):
    word = []
    for char in text.lower():
        if char.isalpha():
            word.append(char)
        elif word:
            yield "".join(word)
            word.clear()
    if word:
        yield "".join(word)


def bars(counts, width=30):
    most = max(counts.values())
    # By count, then by the alphabet, so that equal counts stand in a known order.
    for word, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:10]:
        yield f"{word:>8} {'#' * (n * width // most)} {n}"


with open(__file__, encoding="utf-8") as source:
    text = source.read()

counts = Counter(words(text))
print(len(text.splitlines()), "lines,", counts.total(), "words,", len(counts), "of them different")
print(*bars(counts), sep="\n")
longest = max(counts, key=lambda word: (len(word), word))
print("longest:", longest)
