from abc import ABC, abstractmethod, ABCMeta
class A(ABC):
    @abstractmethod
    def f(self): return "base f"
    @property
    @abstractmethod
    def p(self): ...
    @classmethod
    @abstractmethod
    def c(cls): ...
    @staticmethod
    @abstractmethod
    def s(): ...
    def concrete(self): return "ok"
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(A); print(sorted(A.__abstractmethods__), A.f.__isabstractmethod__)
class B(A):
    def f(self): return super().f() + "!"
    p = 1
t(B)
class C(B):
    c = s = None
print(C().f(), C().concrete(), C.__abstractmethods__)
class One(ABC):
    @abstractmethod
    def only(self): ...
t(One); One.only = lambda self: 1; t(One)
class Plain:
    @abstractmethod
    def f(self): ...
print(type(Plain()).__name__)
class Reg(ABC): pass
Reg.register(int); print(isinstance(5, Reg), issubclass(bool, Reg), issubclass(str, Reg)); t(lambda: Reg.register(5)); t(lambda: int.register)
class Hook(ABC):
    @classmethod
    def __subclasshook__(cls, c): return True if hasattr(c, "quack") else NotImplemented
class Duck: quack = 1
print(issubclass(Duck, Hook), isinstance(Duck(), Hook), isinstance(5, Hook))
Plain.__abstractmethods__ = frozenset({"x"}); t(Plain); del Plain.__abstractmethods__; print(type(Plain()).__name__); t(lambda: Plain.__abstractmethods__)
from collections.abc import Iterable, Sized, Callable, Hashable, Mapping, Sequence, Iterator, Generator, Container, Awaitable, AsyncIterator
class It:
    def __iter__(self): return iter([])
    def __len__(self): return 0
    __hash__ = None
print([issubclass(It, c) for c in (Iterable, Sized, Callable, Hashable, Mapping, Container)], isinstance([], Sequence), isinstance({}, Mapping), isinstance((x for x in []), Generator), isinstance(iter([]), Iterator), isinstance(len, Callable), isinstance([], Hashable))
class Seq(Sequence):
    def __getitem__(self, i): return [1, 2, 3][i]
    def __len__(self): return 3
s = Seq(); print(list(s), 2 in s, s.index(3), s.count(1), list(reversed(s))); t(lambda: type("Half", (Sequence,), {"__len__": lambda s: 0})())
