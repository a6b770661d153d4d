"""The tokens of Python source, for tokenize."""

import re

from token import (
    COMMENT, DEDENT, ENDMARKER, FSTRING_END, FSTRING_MIDDLE, FSTRING_START, INDENT, NAME, NEWLINE, NL, NUMBER, OP, STRING,
    TSTRING_END, TSTRING_MIDDLE, TSTRING_START,
)

_NAME = r"\w+"
_NUMBER = (
    r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
    r"|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*|\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?"
)
_OPERATOR = r"\*\*=?|//=?|>>=?|<<=?|\.\.\.|->|:=|[-+*/%&@|^=<>!]=|[-+*/%&@|^=<>~!()\[\]{},:;.$?`]"
_QUOTE = r"([A-Za-z]{0,2})('''|\"\"\"|'|\")"

_name = re.compile(_NAME)
_number = re.compile(_NUMBER)
_operator = re.compile(_OPERATOR)
_quote = re.compile(_QUOTE)
_PREFIXES = {"", "b", "r", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"}


class _Field:
    """A string with fields that is being read."""

    def __init__(self, prefix, quote):
        self.quote = quote
        self.raw = "r" in prefix
        t = "t" in prefix
        self.middle = TSTRING_MIDDLE if t else FSTRING_MIDDLE
        self.end = TSTRING_END if t else FSTRING_END
        # The depth of brackets at which the running field began; None in the text.
        self.depths = []
        self.in_spec = False


class TokenizerIter:
    def __init__(self, readline, /, *, encoding=None, extra_tokens=False):
        self._readline = readline
        self._encoding = encoding
        self._extra = extra_tokens
        self._tokens = self._run()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._tokens)

    def _next_line(self):
        try:
            line = self._readline()
        except StopIteration:
            return ""
        if isinstance(line, (bytes, bytearray)):
            line = line.decode(self._encoding or "utf-8")
        return line

    def _error(self, cls, message, row, col, line):
        raise cls(message, ("<string>", row, col, line, row, col))

    def _run(self):
        indents = [0]
        brackets = []
        fields = []
        row = 0
        continued = False
        line = ""
        last = ""
        while True:
            line = self._next_line()
            row += 1
            if not line:
                break
            last = line
            at, end = 0, len(line)
            if not brackets and not continued and not fields:
                column = 0
                while at < end and line[at] in " \t\f":
                    if line[at] == " ":
                        column += 1
                    elif line[at] == "\t":
                        column = (column // 8 + 1) * 8
                    else:
                        column = 0
                    at += 1
                if at == end:
                    break
                if line[at] in "#\r\n":
                    if line[at] == "#":
                        comment = line[at:].rstrip("\r\n")
                        if self._extra:
                            yield COMMENT, comment, (row, at), (row, at + len(comment)), line
                        at += len(comment)
                    if self._extra:
                        yield NL, line[at:], (row, at), (row, at + 1 if at == end else len(line)), line
                    continue
                if column > indents[-1]:
                    indents.append(column)
                    yield INDENT, line[:at], (row, 0), (row, at), line
                while column < indents[-1]:
                    if column not in indents:
                        self._error(IndentationError, "unindent does not match any outer indentation level", row, at, line)
                    indents.pop()
                    yield DEDENT, "", (row, at), (row, at), line
            continued = False
            while at < end:
                if fields and (fields[-1].in_spec or not fields[-1].depths):
                    # Text of a string with fields.
                    f = fields[-1]
                    start, first_row, text, shown = at, row, [], line
                    while True:
                        if at >= end:
                            if len(f.quote) < 3 and not f.in_spec:
                                self._error(SyntaxError, "unterminated f-string literal", row, at, line)
                            line = self._next_line()
                            row += 1
                            if not line:
                                self._error(SyntaxError, "unterminated triple-quoted f-string literal", row, 0, "")
                            last = line
                            shown += line
                            at, end = 0, len(line)
                            continue
                        c = line[at]
                        if line.startswith(f.quote, at) and not f.in_spec:
                            break
                        if c == "{" and (f.in_spec or line[at + 1:at + 2] != "{"):
                            break
                        if c == "}" and (f.in_spec or line[at + 1:at + 2] != "}"):
                            break
                        if c in "{}":
                            text.append(c)
                            yield f.middle, "".join(text), (first_row, start), (row, at + 1), shown
                            at += 2
                            start, first_row, text, shown = at, row, [], line
                        elif c == "\\" and at + 1 < end:
                            if not f.raw and line[at + 1] == "N" and line[at + 2:at + 3] == "{":
                                stop = line.find("}", at)
                                stop = end if stop < 0 else stop + 1
                                text.append(line[at:stop])
                                at = stop
                            elif line[at + 1] in "{}":
                                text.append(c)
                                at += 1
                            else:
                                text.append(line[at:at + 2])
                                at += 2
                        else:
                            text.append(c)
                            at += 1
                    after_field = f.in_spec and line[at] == "}" and line[at - 1:at] == "}"
                    if text or after_field:
                        yield f.middle, "".join(text), (first_row, start), (row, at), shown
                    if line.startswith(f.quote, at) and not f.in_spec:
                        stop = at + len(f.quote)
                        yield f.end, f.quote, (row, at), (row, stop), line
                        fields.pop()
                        at = stop
                    elif line[at] == "{":
                        yield OP, "{", (row, at), (row, at + 1), line
                        brackets.append("{")
                        f.depths.append(len(brackets))
                        f.in_spec = False
                        at += 1
                    else:
                        yield OP, "}", (row, at), (row, at + 1), line
                        at += 1
                        if f.depths:
                            f.depths.pop()
                            brackets.pop()
                        f.in_spec = bool(f.depths)
                    continue
                c = line[at]
                if c in " \t\f":
                    at += 1
                    continue
                if c == "#":
                    comment = line[at:].rstrip("\r\n")
                    if self._extra:
                        yield COMMENT, comment, (row, at), (row, at + len(comment)), line
                    at += len(comment)
                    continue
                if c in "\r\n":
                    text = line[at:]
                    if brackets or fields:
                        if self._extra:
                            yield NL, text, (row, at), (row, at + len(text)), line
                    else:
                        yield NEWLINE, text, (row, at), (row, at + len(text)), line
                    break
                if c == "\\" and line[at + 1:].strip("\r\n") == "":
                    continued = True
                    break
                quote = _quote.match(line, at)
                if quote and quote[1].lower() in _PREFIXES:
                    prefix, mark = quote[1].lower(), quote[2]
                    start = at
                    at = quote.end()
                    if "f" in prefix or "t" in prefix:
                        kind = TSTRING_START if "t" in prefix else FSTRING_START
                        yield kind, quote[0], (row, start), (row, at), line
                        fields.append(_Field(prefix, mark))
                        continue
                    first_row, whole, piece_from = row, [], start
                    shown = line
                    while True:
                        if line.startswith(mark, at):
                            at += len(mark)
                            break
                        if at >= end or (line[at] in "\r\n" and len(mark) == 1):
                            if len(mark) == 1:
                                self._error(SyntaxError, f"unterminated string literal (detected at line {row})", first_row, start, line)
                            whole.append(line[piece_from:])
                            line = self._next_line()
                            row += 1
                            if not line:
                                self._error(SyntaxError, f"unterminated triple-quoted string literal (detected at line {row - 1})", first_row, start, shown)
                            last = line
                            shown += line
                            at, end, piece_from = 0, len(line), 0
                            continue
                        if line[at] == "\\":
                            at += 1
                            if line[at:at + 1] in ("\n", "\r", "") and len(mark) == 1:
                                whole.append(line[piece_from:])
                                line = self._next_line()
                                row += 1
                                last = line
                                shown += line
                                at, end, piece_from = 0, len(line), 0
                                if not line:
                                    self._error(SyntaxError, "unterminated string literal", first_row, start, shown)
                                continue
                        at += 1
                    whole.append(line[piece_from:at])
                    yield STRING, "".join(whole), (first_row, start), (row, at), shown
                    continue
                if c.isdigit() or c == "." and line[at + 1:at + 2].isdigit():
                    number = _number.match(line, at)
                    yield NUMBER, number[0], (row, at), (row, number.end()), line
                    at = number.end()
                    continue
                name = _name.match(line, at)
                if name:
                    yield NAME, name[0], (row, at), (row, name.end()), line
                    at = name.end()
                    continue
                if fields and fields[-1].depths and fields[-1].depths[-1] == len(brackets):
                    if c == ":":
                        yield OP, ":", (row, at), (row, at + 1), line
                        fields[-1].in_spec = True
                        at += 1
                        continue
                    if c == "}":
                        yield OP, "}", (row, at), (row, at + 1), line
                        brackets.pop()
                        fields[-1].depths.pop()
                        fields[-1].in_spec = bool(fields[-1].depths)
                        at += 1
                        continue
                    if c == "!" and line[at + 1:at + 2] != "=":
                        yield OP, "!", (row, at), (row, at + 1), line
                        at += 1
                        continue
                operator = _operator.match(line, at)
                if not operator:
                    self._error(SyntaxError, f"invalid non-printable character U+{ord(c):04X}" if not c.isprintable() else "invalid syntax", row, at, line)
                text = operator[0]
                if text in "([{":
                    brackets.append(text)
                elif text in ")]}":
                    if not brackets:
                        self._error(SyntaxError, f"unmatched {text!r}", row, at, line)
                    brackets.pop()
                yield OP, text, (row, at), (row, operator.end()), line
                at = operator.end()
            else:
                # A last line without an end.
                if not brackets and not fields and line[-1:] not in "\r\n":
                    yield NEWLINE, "", (row, len(line)), (row, len(line) + 1), line
        if brackets:
            self._error(SyntaxError, "unexpected EOF in multi-line statement", row, 0, "")
        for _ in indents[1:]:
            yield DEDENT, "", (row, 0), (row, 0), ""
        yield ENDMARKER, "", (row, 0), (row, 0), ""
