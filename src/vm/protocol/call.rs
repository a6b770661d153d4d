//! Calling anything.

use crate::native::{Args, Body, DefKind};
use crate::value::*;
use crate::{R, Vm};

impl Vm {
    /// `f(*args)`.
    pub fn call(&mut self, f: &Ref, args: &[Ref]) -> R<Ref> {
        self.call_args(f, Args::positional(args))
    }

    /// `f(*args, **kwargs)`.
    pub fn call_args(&mut self, f: &Ref, args: Args) -> R<Ref> {
        if f.exact::<FunctionObj>().is_some() {
            return self.call_function(f, args);
        }
        if let Some(n) = f.cast::<NativeFunctionObj>() {
            return self.call_native(n, args);
        }
        if let Some(m) = f.exact::<BoundMethodObj>() {
            let mut all = Vec::with_capacity(args.all.len() + 1);
            all.push(m.this.clone());
            all.extend_from_slice(args.all);
            return self.call_args(&m.func, Args::new(&all, args.names));
        }
        self.check_native_stack()?;
        match f.class().slots.call.get() {
            Some(call) => call(self, f, args),
            None => {
                let text = format!("'{}' object is not callable", self.type_name(f));
                Err(self.type_error(&text))
            }
        }
    }

    /// Calls a builtin function or (bound or unbound) builtin method.
    pub fn call_native(&mut self, n: &NativeFunctionObj, args: Args) -> R<Ref> {
        self.check_native_stack()?;
        if n.this.is_undefined() {
            match n.def.kind {
                DefKind::Method => self.check_receiver(n, args)?,
                DefKind::ClassMethod => {
                    crate::types::builtin_function::check_classmethod_receiver(self, n, args)?
                }
                _ => {}
            }
            return n.def.call_in(self, args, Some(n));
        }
        // Small calls get their self in front without the heap.
        match args.all {
            [] => n
                .def
                .call(self, Args::new(std::slice::from_ref(&n.this), &[])),
            [a] => n
                .def
                .call(self, Args::new(&[n.this.clone(), a.clone()], args.names)),
            [a, b] => n.def.call(
                self,
                Args::new(&[n.this.clone(), a.clone(), b.clone()], args.names),
            ),
            more => {
                let mut all = Vec::with_capacity(more.len() + 1);
                all.push(n.this.clone());
                all.extend_from_slice(more);
                n.def.call(self, Args::new(&all, args.names))
            }
        }
    }

    /// An unbound builtin method needs an instance of its class as first argument.
    pub(crate) fn check_receiver(&mut self, n: &NativeFunctionObj, args: Args) -> R<()> {
        let Some(owner) = n.owner.cast::<TypeObj>() else {
            return Ok(());
        };
        match args.pos().first() {
            None => {
                let text = format!(
                    "unbound method {}.{}() needs an argument",
                    self.class_name(owner),
                    n.def.name()
                );
                Err(self.type_error(&text))
            }
            Some(this) if !this.class().is_subtype(&n.owner) => {
                let text = format!(
                    "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                    n.def.name(),
                    self.class_name(owner),
                    self.type_name(this)
                );
                Err(self.type_error(&text))
            }
            _ => Ok(()),
        }
    }

    /// Calls the method `name`, found as an attribute of `this`.
    pub fn call_method(&mut self, this: &Ref, name: &str, args: &[Ref]) -> R<Ref> {
        let name = intern(name);
        if this.class().has_flag(type_flag::PLAIN_GETATTR)
            && let Some(f) = self.lookup(this.class(), &name)
            && f.exact::<FunctionObj>().is_some()
            && self.instance_attr(this, &name)?.is_none()
        {
            let mut all = Vec::with_capacity(args.len() + 1);
            all.push(this.clone());
            all.extend_from_slice(args);
            return self.call(&f, &all);
        }
        let m = self.getattr(this, &name)?;
        self.call(&m, args)
    }

    /// Calls a special method, looked up on the class alone; `None` if the class hasn't got it.
    pub fn call_special(&mut self, this: &Ref, name: &Ref, args: &[&Ref]) -> R<Option<Ref>> {
        match self.lookup(this.class(), name) {
            Some(f) => self.call_found(this, &f, args).map(Some),
            None => Ok(None),
        }
    }

    /// The same with any arguments; AttributeError if the class hasn't got it.
    pub fn call_special_args(&mut self, this: &Ref, name: &'static str, args: Args) -> R<Ref> {
        let name = intern_static(name);
        let Some(f) = self.lookup(this.class(), &name) else {
            return Err(self.attribute_error(this, &name));
        };
        if self.takes_self(&f) {
            let mut all = Vec::with_capacity(args.all.len() + 1);
            all.push(this.clone());
            all.extend_from_slice(args.all);
            return self.call_args(&f, Args::new(&all, args.names));
        }
        let bound = self.bind_found(this, &f)?;
        self.call_args(&bound, args)
    }

    /// Whether binding `f` only puts self in front.
    fn takes_self(&self, f: &Ref) -> bool {
        f.exact::<FunctionObj>().is_some()
            || f.cast::<SlotWrapperObj>()
                .is_some_and(|w| w.this.is_undefined())
            || f.cast::<NativeFunctionObj>()
                .is_some_and(|n| n.this.is_undefined() && n.def.kind == DefKind::Method)
    }

    /// Binds a class attribute to an instance.
    pub fn bind_found(&mut self, this: &Ref, f: &Ref) -> R<Ref> {
        match f.class().slots.descr_get.get() {
            Some(get) => {
                let class = class_of(this);
                get(self, f, this, &class)
            }
            None => Ok(f.clone()),
        }
    }

    /// Calls a class attribute as a method of `this`.
    pub fn call_found(&mut self, this: &Ref, f: &Ref, args: &[&Ref]) -> R<Ref> {
        if f.exact::<FunctionObj>().is_some() {
            return self.call_method_function(f, this, args);
        }
        let mut all = Vec::with_capacity(args.len() + 1);
        if self.takes_self(f) {
            all.push(this.clone());
            all.extend(args.iter().map(|&a| a.clone()));
            return self.call(f, &all);
        }
        let bound = self.bind_found(this, f)?;
        all.extend(args.iter().map(|&a| a.clone()));
        self.call(&bound, &all)
    }

    /// The name of the class whose table declares this method, for messages.
    pub(crate) fn defining_class(
        &self,
        t: &TypeObj,
        def: &crate::native::NativeDef,
    ) -> Option<String> {
        let name = intern(def.name());
        for class in t.mro.get(self) {
            let c = class.cast::<TypeObj>()?;
            if let Some(f) = c.namespace().get_str(&name)
                && f.cast::<NativeFunctionObj>()
                    .is_some_and(|n| std::ptr::eq(n.def, def))
            {
                return Some(self.str_lossy(c.qualname.get(self)));
            }
        }
        None
    }

    /// A builtin function object bound to nothing.
    pub fn new_function(&self, def: &'static crate::native::NativeDef, module: &Ref) -> Ref {
        debug_assert!(matches!(def.body, Body::Fixed(_) | Body::Variadic(_)));
        Ref::new(NativeFunctionObj {
            def,
            this: Ref::UNDEFINED,
            owner: Ref::UNDEFINED,
            module: module.clone(),
        })
    }

    /// Whether the value can be called.
    pub fn is_callable(&self, f: &Ref) -> bool {
        f.class().slots.call.get().is_some()
    }
}
