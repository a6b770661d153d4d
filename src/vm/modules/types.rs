//! `_types`: the builtin types that have no name in `builtins`, for the module `types`.

use crate::types::module;
use crate::value::*;
use crate::{R, Vm};

pub fn make(_: &mut Vm) -> R<Ref> {
    let m = module::new_module(
        "_types",
        "The builtin classes that no builtin name stands for.",
    );
    let t = &rt().types;
    for (name, class) in [
        ("AsyncGeneratorType", &t.async_generator),
        ("BuiltinFunctionType", &t.builtin_function),
        ("BuiltinMethodType", &t.builtin_function),
        ("CapsuleType", &t.capsule),
        ("CellType", &t.cell),
        ("ClassMethodDescriptorType", &t.classmethod_descriptor),
        ("CodeType", &t.code),
        ("CoroutineType", &t.coroutine),
        ("EllipsisType", &t.ellipsis),
        ("FrameType", &t.frame),
        ("FunctionType", &t.function),
        ("GeneratorType", &t.generator),
        ("GenericAlias", &t.generic_alias),
        ("GetSetDescriptorType", &t.getset_descriptor),
        ("LambdaType", &t.function),
        ("MappingProxyType", &t.mappingproxy),
        ("MemberDescriptorType", &t.member_descriptor),
        ("MethodDescriptorType", &t.method_descriptor),
        ("MethodType", &t.method),
        ("MethodWrapperType", &t.method_wrapper),
        ("ModuleType", &t.module),
        ("NoneType", &t.none_type),
        ("NotImplementedType", &t.not_implemented_type),
        ("SimpleNamespace", &t.simple_namespace),
        ("TracebackType", &t.traceback),
        ("UnionType", &t.union),
        ("WrapperDescriptorType", &t.wrapper_descriptor),
    ] {
        module::add_value(&m, name, class.clone());
    }
    Ok(m)
}
