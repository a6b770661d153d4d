//! The builtin types, a file each, and the one list of them.

pub mod builtin_function;
pub mod bytearray;
pub mod bytes;
pub mod bytes_common;
pub mod bytes_iter;
pub mod cell;
pub mod class;
mod class_signatures;
pub mod code;
pub mod complex;
pub mod descriptors;
pub mod dict;
pub mod dict_views;
pub mod float;
pub mod frame;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod int;
pub mod int_ops;
pub mod iterators;
pub mod itertypes;
pub mod list;
pub mod mappingproxy;
pub mod memoryview;
pub mod module;
pub mod namespace;
pub mod object;
pub mod range;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod sort;
pub mod spec;
pub mod str;
pub mod super_;
pub mod template;
pub mod traceback;
pub mod tuple;
pub mod type_alias;
pub mod typevars;
pub mod union;
pub mod weakref;

pub use spec::TypeSpec;

use crate::Vm;
use crate::protocol::attr::MethodCache;
use crate::value::*;

macro_rules! builtin_types {
    (types { $($field:ident => $spec:path $(: $base:ident)?;)* } exceptions { $($efield:ident $ename:literal : $ebase:ident;)* }) => {
        /// Every builtin class, by a Rust name. Made once by [`create`].
        #[derive(Default)]
        pub struct Types {
            $(pub $field: Ref,)*
            $(pub $efield: Ref,)*
            pub empty_str: Ref,
            pub empty_tuple: Ref,
            /// The str of each Latin-1 character, interned.
            pub chars: Vec<Ref>,
            pub codecs: crate::protocol::codec::Registry,
            /// `typing.NoDefault`, once it has been asked for.
            pub no_default: Ref,
            pub(crate) method_cache: MethodCache,
            pub(crate) native_params: crate::native::ParamNames,
            pub(crate) super_cache: super_::SuperCache,
            pub(crate) site_cache: crate::interp::attrs::SiteCache,
        }

        /// Makes all builtin classes.
        pub(crate) fn create(vm: &mut Vm) {
            rt().types.empty_str = rt().intern(b"");
            rt().types.chars = str::make_chars();
            // `object` and `type` know each other: their classes are set when both exist.
            $(
                #[allow(unused_mut, unused_assignments)]
                let mut base = Ref::UNDEFINED;
                $(base = rt().types.$base.clone();)?
                rt().types.$field = spec::make_type(vm, &$spec, &base);
            )*
            $(
                let base = rt().types.$ebase.clone();
                rt().types.$efield = crate::errors::classes::make_class(vm, $ename, &base);
            )*
            builtin_function::settle_methods();
            let empty = TupleObj::make(std::iter::empty());
            empty.make_immortal();
            rt().types.empty_tuple = empty;
        }

        /// All of them, for tables.
        pub(crate) fn all() -> Vec<Ref> {
            vec![$(rt().types.$field.clone(),)* $(rt().types.$efield.clone(),)*]
        }
    };
}

builtin_types! {
    types {
        object => object::SPEC;
        type_ => class::SPEC: object;
        int => int::INT: object;
        bool => int::BOOL: int;
        float => float::FLOAT: object;
        complex => complex::COMPLEX: object;
        str => str::STR: object;
        bytes => bytes::BYTES: object;
        bytearray => bytearray::BYTEARRAY: object;
        memoryview => memoryview::MEMORYVIEW: object;
        buffer_wrapper => memoryview::BUFFER_WRAPPER: object;
        str_iterator => str::iter::STR_ITERATOR: object;
        str_ascii_iterator => str::iter::STR_ASCII_ITERATOR: object;
        bytes_iterator => bytes_iter::BYTES_ITERATOR: object;
        bytearray_iterator => bytes_iter::BYTEARRAY_ITERATOR: object;
        memory_iterator => bytes_iter::MEMORY_ITERATOR: object;
        list => list::LIST: object;
        tuple => tuple::TUPLE: object;
        range => range::RANGE: object;
        slice => slice::SLICE: object;
        list_iterator => iterators::LIST_ITERATOR: object;
        list_reverse_iterator => iterators::LIST_REVERSE_ITERATOR: object;
        tuple_iterator => iterators::TUPLE_ITERATOR: object;
        range_iterator => iterators::RANGE_ITERATOR: object;
        long_range_iterator => iterators::LONG_RANGE_ITERATOR: object;
        sequence_iterator => iterators::SEQUENCE_ITERATOR: object;
        callable_iterator => iterators::CALLABLE_ITERATOR: object;
        dict => dict::DICT: object;
        dict_keys => dict_views::DICT_KEYS: object;
        dict_values => dict_views::DICT_VALUES: object;
        dict_items => dict_views::DICT_ITEMS: object;
        dict_keyiterator => dict_views::DICT_KEYITERATOR: object;
        dict_valueiterator => dict_views::DICT_VALUEITERATOR: object;
        dict_itemiterator => dict_views::DICT_ITEMITERATOR: object;
        dict_reversekeyiterator => dict_views::DICT_REVERSEKEYITERATOR: object;
        dict_reversevalueiterator => dict_views::DICT_REVERSEVALUEITERATOR: object;
        dict_reverseitemiterator => dict_views::DICT_REVERSEITEMITERATOR: object;
        mappingproxy => mappingproxy::MAPPINGPROXY: object;
        set => set::SET: object;
        frozenset => set::FROZENSET: object;
        set_iterator => set::SET_ITERATOR: object;
        function => function::FUNCTION: object;
        builtin_function => function::BUILTIN_FUNCTION: object;
        method_descriptor => function::METHOD_DESCRIPTOR: object;
        classmethod_descriptor => function::CLASSMETHOD_DESCRIPTOR: object;
        method => function::METHOD: object;
        wrapper_descriptor => function::WRAPPER_DESCRIPTOR: object;
        method_wrapper => function::METHOD_WRAPPER: object;
        capsule => builtin_function::CAPSULE: object;
        classmethod => descriptors::CLASSMETHOD: object;
        staticmethod => descriptors::STATICMETHOD: object;
        property => descriptors::PROPERTY: object;
        getset_descriptor => descriptors::GETSET_DESCRIPTOR: object;
        member_descriptor => descriptors::MEMBER_DESCRIPTOR: object;
        super_ => super_::SUPER: object;
        module => module::MODULE: object;
        code => code::CODE: object;
        frame => frame::FRAME: object;
        frame_locals_proxy => frame::FRAME_LOCALS_PROXY: object;
        traceback => traceback::TRACEBACK: object;
        cell => cell::CELL: object;
        generator => generator::GENERATOR: object;
        coroutine => generator::COROUTINE: object;
        coroutine_wrapper => generator::COROUTINE_WRAPPER: object;
        async_generator => generator::ASYNC_GENERATOR: object;
        async_generator_asend => generator::ASYNC_GENERATOR_ASEND: object;
        async_generator_athrow => generator::ASYNC_GENERATOR_ATHROW: object;
        anext_awaitable => generator::ANEXT_AWAITABLE: object;
        none_type => singletons::NONE_TYPE: object;
        not_implemented_type => singletons::NOT_IMPLEMENTED_TYPE: object;
        ellipsis => singletons::ELLIPSIS: object;
        weakref => weakref::WEAKREF: object;
        weakproxy => weakref::WEAKPROXY: object;
        weakcallableproxy => weakref::WEAKCALLABLEPROXY: object;
        generic_alias => generic_alias::GENERIC_ALIAS: object;
        union => generic_alias::UNION: object;
        typevar => typevars::TYPEVAR: object;
        paramspec => typevars::PARAMSPEC: object;
        paramspec_args => typevars::PARAMSPEC_ARGS: object;
        paramspec_kwargs => typevars::PARAMSPEC_KWARGS: object;
        typevartuple => typevars::TYPEVARTUPLE: object;
        typealias => typevars::TYPEALIAS: object;
        generic => typevars::GENERIC: object;
        no_default_type => typevars::NO_DEFAULT: object;
        const_evaluator => typevars::CONST_EVALUATOR: object;
        abc_data => crate::modules::abc::ABC_DATA: object;
        template => template::TEMPLATE: object;
        template_iter => template::TEMPLATE_ITER: object;
        interpolation => template::INTERPOLATION: object;
        enumerate => itertypes::ENUMERATE: object;
        zip => itertypes::ZIP: object;
        map => itertypes::MAP: object;
        filter => itertypes::FILTER: object;
        reversed => itertypes::REVERSED: object;
        simple_namespace => namespace::SIMPLE_NAMESPACE: object;
        base_exception => crate::errors::classes::BASE_EXCEPTION: object;
    }
    exceptions {
        exception "Exception": base_exception;
        base_exception_group "BaseExceptionGroup": base_exception;
        exception_group "ExceptionGroup": base_exception_group;
        generator_exit "GeneratorExit": base_exception;
        keyboard_interrupt "KeyboardInterrupt": base_exception;
        system_exit "SystemExit": base_exception;
        arithmetic_error "ArithmeticError": exception;
        floating_point_error "FloatingPointError": arithmetic_error;
        overflow_error "OverflowError": arithmetic_error;
        zero_division_error "ZeroDivisionError": arithmetic_error;
        assertion_error "AssertionError": exception;
        attribute_error "AttributeError": exception;
        buffer_error "BufferError": exception;
        eof_error "EOFError": exception;
        import_error "ImportError": exception;
        module_not_found_error "ModuleNotFoundError": import_error;
        lookup_error "LookupError": exception;
        index_error "IndexError": lookup_error;
        key_error "KeyError": lookup_error;
        memory_error "MemoryError": exception;
        name_error "NameError": exception;
        unbound_local_error "UnboundLocalError": name_error;
        os_error "OSError": exception;
        blocking_io_error "BlockingIOError": os_error;
        child_process_error "ChildProcessError": os_error;
        connection_error "ConnectionError": os_error;
        broken_pipe_error "BrokenPipeError": connection_error;
        connection_aborted_error "ConnectionAbortedError": connection_error;
        connection_refused_error "ConnectionRefusedError": connection_error;
        connection_reset_error "ConnectionResetError": connection_error;
        file_exists_error "FileExistsError": os_error;
        file_not_found_error "FileNotFoundError": os_error;
        interrupted_error "InterruptedError": os_error;
        is_a_directory_error "IsADirectoryError": os_error;
        not_a_directory_error "NotADirectoryError": os_error;
        permission_error "PermissionError": os_error;
        process_lookup_error "ProcessLookupError": os_error;
        timeout_error "TimeoutError": os_error;
        reference_error "ReferenceError": exception;
        runtime_error "RuntimeError": exception;
        not_implemented_error "NotImplementedError": runtime_error;
        python_finalization_error "PythonFinalizationError": runtime_error;
        recursion_error "RecursionError": runtime_error;
        stop_async_iteration "StopAsyncIteration": exception;
        stop_iteration "StopIteration": exception;
        syntax_error "SyntaxError": exception;
        incomplete_input_error "_IncompleteInputError": syntax_error;
        indentation_error "IndentationError": syntax_error;
        tab_error "TabError": indentation_error;
        system_error "SystemError": exception;
        type_error "TypeError": exception;
        value_error "ValueError": exception;
        unicode_error "UnicodeError": value_error;
        unicode_decode_error "UnicodeDecodeError": unicode_error;
        unicode_encode_error "UnicodeEncodeError": unicode_error;
        unicode_translate_error "UnicodeTranslateError": unicode_error;
        warning "Warning": exception;
        bytes_warning "BytesWarning": warning;
        deprecation_warning "DeprecationWarning": warning;
        encoding_warning "EncodingWarning": warning;
        future_warning "FutureWarning": warning;
        import_warning "ImportWarning": warning;
        pending_deprecation_warning "PendingDeprecationWarning": warning;
        resource_warning "ResourceWarning": warning;
        runtime_warning "RuntimeWarning": warning;
        syntax_warning "SyntaxWarning": warning;
        unicode_warning "UnicodeWarning": warning;
        user_warning "UserWarning": warning;
    }
}
