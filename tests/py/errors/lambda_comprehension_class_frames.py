class Config:
    defaults = {"a": 1}
    @property
    def value(self): return self.compute["a"]
    @property
    def compute(self): return {k: (lambda: v / 0)() for k, v in self.defaults.items()}
    def __repr__(self): return f"{self.value}"
def show(items): return ", ".join(map(repr, sorted(items, key=lambda i: i.value)))
print(show([Config(), Config()]))
