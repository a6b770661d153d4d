"""A calculator by recursive descent: text, tokens, a tree, a number.

Grammar, loosest first:
    sum     = product (("+" | "-") product)*
    product = unary (("*" | "/") unary)*
    unary   = "-" unary | power
    power   = atom ("^" unary)?
    atom    = NUMBER | NAME | NAME "(" sum ("," sum)* ")" | "(" sum ")"
"""

import math
import operator
from collections import namedtuple

Number = namedtuple("Number", "value")
Name = namedtuple("Name", "name")
Binary = namedtuple("Binary", "op left right")
Negate = namedtuple("Negate", "operand")
Call = namedtuple("Call", "name args")

OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}
FUNCTIONS = {"sqrt": math.sqrt, "max": max, "min": min, "abs": abs}
CONSTANTS = {"pi": math.pi, "e": math.e}


class CalculatorError(Exception):
    pass


def tokens(text):
    i = 0
    while i < len(text):
        start = i
        if text[i].isspace():
            i += 1
            continue
        if text[i].isdigit() or text[i] == ".":
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            yield "number", text[start:i]
        elif text[i].isalpha():
            while i < len(text) and text[i].isalnum():
                i += 1
            yield "name", text[start:i]
        elif text[i] in "+-*/^(),":
            i += 1
            yield "symbol", text[start]
        else:
            raise CalculatorError(f"unexpected {text[i]!r} at {i}")
    yield "end", ""


class Parser:
    def __init__(self, text):
        self.tokens = tokens(text)
        self.token = next(self.tokens)

    def take(self, *symbols):
        kind, text = self.token
        if kind == "symbol" and text in symbols:
            self.token = next(self.tokens)
            return text
        return None

    def expect(self, symbol):
        if not self.take(symbol):
            raise CalculatorError(f"expected {symbol!r}, found {self.token[1] or 'the end'!r}")

    def parse(self):
        tree = self.sum()
        if self.token[0] != "end":
            raise CalculatorError(f"unexpected {self.token[1]!r} after the expression")
        return tree

    def sum(self):
        tree = self.product()
        while op := self.take("+", "-"):
            tree = Binary(op, tree, self.product())
        return tree

    def product(self):
        tree = self.unary()
        while op := self.take("*", "/"):
            tree = Binary(op, tree, self.unary())
        return tree

    def unary(self):
        return Negate(self.unary()) if self.take("-") else self.power()

    def power(self):
        base = self.atom()
        return Binary("^", base, self.unary()) if self.take("^") else base

    def atom(self):
        kind, text = self.token
        if kind in ("number", "name"):
            self.token = next(self.tokens)
        if kind == "number":
            return Number(float(text) if "." in text else int(text))
        if kind == "name":
            return Call(text, self.arguments()) if self.take("(") else Name(text)
        self.expect("(")
        tree = self.sum()
        self.expect(")")
        return tree

    def arguments(self):
        args = [self.sum()]
        while self.take(","):
            args.append(self.sum())
        self.expect(")")
        return args


def evaluate(tree):
    match tree:
        case Number(value):
            return value
        case Name(name) if name in CONSTANTS:
            return CONSTANTS[name]
        case Binary(op, left, right):
            return OPERATORS[op](evaluate(left), evaluate(right))
        case Negate(operand):
            return -evaluate(operand)
        case Call(name, args) if name in FUNCTIONS:
            return FUNCTIONS[name](*map(evaluate, args))
        case Name(name) | Call(name):
            raise CalculatorError(f"unknown name {name!r}")


for line in """\
1 + 2 * 3
(1 + 2) * 3
2 ^ 3 ^ 2
-2 ^ 2
10 / 4 - 1
sqrt(16) + max(1, 2, 3)
2 * pi
1 / (3 - 3)
1 + * 2
(1 + 2
4 $ 2
half(3)
2 3""".splitlines():
    try:
        print(f"{line:24} = {evaluate(Parser(line).parse())}")
    except (CalculatorError, ArithmeticError) as error:
        print(f"{line:24} : {error}")
