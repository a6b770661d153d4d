//! The `taipan` command.
use std::rc::Rc;
use taipan_vm::{R, Vm, value::*};
fn compile(vm: &mut Vm, r: &taipan_vm::vm::CompileRequest) -> R<std::sync::Arc<taipan_bytecode::Code>> {
    let opts = taipan_compiler::CompileOptions { filename: r.filename.into(), mode: match r.mode { "eval" => taipan_compiler::Mode::Eval, "single" => taipan_compiler::Mode::Single, _ => taipan_compiler::Mode::Exec }, ..Default::default() };
    match taipan_compiler::compile_source(&String::from_utf8_lossy(r.source), &opts, Default::default()) {
        Ok(c) => Ok(c.code),
        Err(e) => { let c = rt().types.syntax_error.clone(); Err(vm.error(&c, &format!("{e:?}"))) }
    }
}
fn main() {
    let t = std::thread::Builder::new().stack_size(1 << 30).spawn(|| {
        let mut vm = Vm::new(Rc::new(taipan_vm::host::System::default()));
        vm.set_native_stack(1 << 30);
        vm.compile = Some(compile);
        let f = std::env::args().nth(1).unwrap();
        let src = std::fs::read(&f).unwrap();
        let main = vm.main_module();
        let g = main.cast::<ModuleObj>().unwrap().dict.clone();
        let r = (|| -> R<Ref> {
            let code = compile(&mut vm, &taipan_vm::vm::CompileRequest { source: &src, is_text: false, filename: &f, mode: "exec", flags: 0, optimize: 0 })?;
            if std::env::args().nth(2).as_deref() == Some("--dis") { println!("{}", taipan_bytecode::disasm::disassemble(&code)); return Ok(Ref::none()); }
            let c = vm.new_code(&code);
            vm.run_code(&c, &g, &g, Box::new([]))
        })();
        if r.is_err() {
            let e = vm.take_exc();
            vm.print_exception(&e);
            let ex = e.cast::<ExceptionObj>().unwrap();
            let mut tb = ex.traceback.cloned();
            eprintln!("{}", vm.type_name(&e));
            while let Some(t) = tb.clone().cast::<TracebackObj>() {
                let f = t.frame.cast::<FrameObj>().unwrap();
                let c = f.code.cast::<CodeObj>().unwrap();
                eprintln!(" {} {:?}", vm.str_lossy(&c.name), c.code.position(t.lasti as u32));
                tb = t.next.cloned();
            }
        }
        vm.finish();
    }).unwrap();
    t.join().unwrap();
}
