//! What the interactive interpreter's greeting promises: `quit`, `exit`, `copyright`, `credits`, `license`, `help`.

use crate::native::{Args, arg};
use crate::types::spec::TypeSpec;
use crate::value::*;
use crate::vm::new_str;
use crate::{R, Vm, trace};

/// `quit` and `exit`.
struct Quitter {
    name: &'static str,
}
trace!(Quitter);
impl NativePayload for Quitter {}

static QUITTER: TypeSpec = TypeSpec {
    name: "_sitebuiltins.Quitter",
    slots: |s| {
        s.repr.set(Some(|vm, r| {
            let name = r.native::<Quitter>().map_or("exit", |q| q.name);
            let _ = vm;
            Ok(new_str(&format!(
                "Use {name}() or Ctrl-D (i.e. EOF) to exit"
            )))
        }));
        s.call.set(Some(|vm, _, args: Args| {
            let code = arg(args.all, 0).cloned().unwrap_or_else(Ref::none);
            let class = rt().types.system_exit.clone();
            Err(vm.raise_new(&class, vec![code]))
        }));
    },
    ..TypeSpec::DEFAULT
};

/// `copyright`, `credits`, `license`: shown by repr, printed by a call.
struct Notice {
    shown: &'static str,
    printed: &'static str,
}
trace!(Notice);
impl NativePayload for Notice {}

static PRINTER: TypeSpec = TypeSpec {
    name: "_sitebuiltins._Printer",
    slots: |s| {
        s.repr.set(Some(|_, r| {
            Ok(new_str(r.native::<Notice>().map_or("", |n| n.shown)))
        }));
        s.call.set(Some(|vm, r, _| {
            let text = new_str(r.native::<Notice>().map_or("", |n| n.printed));
            super::printing::print(vm, Args::positional(&[text]))
        }));
    },
    ..TypeSpec::DEFAULT
};

/// `help`: hands over to `pydoc` when called.
struct Helper;
trace!(Helper);
impl NativePayload for Helper {}

static HELPER: TypeSpec = TypeSpec {
    name: "_sitebuiltins._Helper",
    slots: |s| {
        s.repr.set(Some(|_, _| {
            Ok(new_str(
                "Type help() for interactive help, or help(object) for help about object.",
            ))
        }));
        s.call.set(Some(|vm, _, args| {
            let pydoc = vm.import("pydoc")?;
            let help = vm.getattr_str(&pydoc, "help")?;
            vm.call_args(&help, args)
        }));
    },
    ..TypeSpec::DEFAULT
};

const COPYRIGHT: &str = "Taipan is free software under the MIT and Apache-2.0 licences.\nThe Python language and its standard library are copyright (c) Python Software Foundation.";

pub(super) fn add_names(vm: &mut Vm, d: &DictObj) -> R<()> {
    let class = vm.native_type(&QUITTER);
    for name in ["quit", "exit"] {
        d.set_name(name, Ref::new_native(&class, Quitter { name }));
    }
    let class = vm.native_type(&PRINTER);
    for (name, shown, printed) in [
        ("copyright", COPYRIGHT, COPYRIGHT),
        (
            "credits",
            "Thanks to the people who design and describe Python.",
            "Thanks to the people who design and describe Python.",
        ),
        (
            "license",
            "Type license() to see the full license text",
            COPYRIGHT,
        ),
    ] {
        d.set_name(name, Ref::new_native(&class, Notice { shown, printed }));
    }
    let class = vm.native_type(&HELPER);
    d.set_name("help", Ref::new_native(&class, Helper));
    Ok(())
}
