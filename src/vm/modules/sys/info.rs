//! The constants and named tuples of `sys`.

use super::super::structseq::{Declaration, make};
use super::super::{fs_decode, set};
use crate::value::*;
use crate::vm::{new_float, new_int, new_list, new_str, new_tuple};
use crate::{R, Vm};

/// The version of the language.
pub const VERSION: (i64, i64, i64) = (3, 14, 8);
const HEXVERSION: i64 = VERSION.0 << 24 | VERSION.1 << 16 | VERSION.2 << 8 | 0xf0;

static VERSION_INFO: Declaration = Declaration {
    name: "sys.version_info",
    doc: "The version of the language, in parts.",
    fields: &[
        ("major", "the first part"),
        ("minor", "the second part"),
        ("micro", "the third part"),
        ("releaselevel", "how ready it is, one of four words"),
        ("serial", "number among releases of that level"),
    ],
    visible: 5,
    callable: false,
};
static FLAGS: Declaration = Declaration {
    name: "sys.flags",
    doc: "The options of the command line, as numbers.",
    fields: &[
        ("debug", "option -d"),
        ("inspect", "option -i"),
        ("interactive", "option -i"),
        ("optimize", "option -O, or twice"),
        ("dont_write_bytecode", "option -B"),
        ("no_user_site", "option -s"),
        ("no_site", "option -S"),
        ("ignore_environment", "option -E"),
        ("verbose", "option -v, how many times"),
        ("bytes_warning", "option -b, or twice"),
        ("quiet", "option -q"),
        (
            "hash_randomization",
            "whether hashes of strings differ from run to run",
        ),
        ("isolated", "option -I"),
        ("dev_mode", "option -X dev"),
        ("utf8_mode", "option -X utf8"),
        ("warn_default_encoding", "option -X warn_default_encoding"),
        ("safe_path", "option -P"),
        ("int_max_str_digits", "option -X int_max_str_digits"),
        ("gil", "option -X gil"),
        ("thread_inherit_context", "option -X thread_inherit_context"),
        ("context_aware_warnings", "option -X context_aware_warnings"),
    ],
    visible: 18,
    callable: false,
};
static FLOAT_INFO: Declaration = Declaration {
    name: "sys.float_info",
    doc: "What the floats of this machine can hold.",
    fields: &[
        ("max", "greatest finite float"),
        ("max_exp", "greatest e for which 2**(e-1) is finite"),
        ("max_10_exp", "greatest e for which 10**e is finite"),
        ("min", "least positive float of full precision"),
        ("min_exp", "least e for which 2**(e-1) has full precision"),
        ("min_10_exp", "least e for which 10**e has full precision"),
        ("dig", "how many decimal digits survive being stored"),
        ("mant_dig", "digits of the mantissa, in base radix"),
        ("epsilon", "from 1.0 to the next float"),
        ("radix", "base of the exponent"),
        ("rounds", "how sums are rounded, 1 is to nearest"),
    ],
    visible: 11,
    callable: true,
};
static INT_INFO: Declaration = Declaration {
    name: "sys.int_info",
    doc: "How ints are stored, and how long their text may be.",
    fields: &[
        ("bits_per_digit", "bits in each digit of a stored int"),
        ("sizeof_digit", "bytes that such a digit takes"),
        (
            "default_max_str_digits",
            "limit of digits in text, unless set",
        ),
        (
            "str_digits_check_threshold",
            "the least limit that can be set",
        ),
    ],
    visible: 4,
    callable: true,
};
static HASH_INFO: Declaration = Declaration {
    name: "sys.hash_info",
    doc: "How hash() is calculated.",
    fields: &[
        ("width", "bits of a hash"),
        ("modulus", "prime by which numbers are reduced"),
        ("inf", "hash of infinity"),
        ("nan", "unused now; was the hash of NaN"),
        ("imag", "factor of the imaginary part"),
        ("algorithm", "for strings and bytes"),
        ("hash_bits", "bits that the algorithm gives"),
        ("seed_bits", "bits of its key"),
        (
            "cutoff",
            "below this length another algorithm is used; 0 for none",
        ),
    ],
    visible: 9,
    callable: true,
};
static THREAD_INFO: Declaration = Declaration {
    name: "sys.thread_info",
    doc: "What threads are made of.",
    fields: &[
        ("name", "kind of threads"),
        ("lock", "kind of locks"),
        ("version", "of the library, or None"),
    ],
    visible: 3,
    callable: true,
};
pub(super) static ASYNCGEN_HOOKS: Declaration = Declaration {
    name: "asyncgen_hooks",
    doc: "asyncgen_hooks\n\nThis is a struct sequence that holds the hooks of asynchronous generators.",
    fields: &[("firstiter", ""), ("finalizer", "")],
    visible: 2,
    callable: true,
};

/// `sys.flags` from the configuration.
pub(super) fn flags(vm: &mut Vm) -> Ref {
    let c = vm.lib.config.clone();
    let int = |b: bool| new_int(b as i64);
    let values = vec![
        new_int(0),
        int(c.inspect),
        int(c.interactive),
        new_int(vm.optimize.max(0) as i64),
        int(c.dont_write_bytecode),
        int(c.no_user_site || c.isolated),
        int(c.no_site),
        int(c.ignore_environment || c.isolated),
        new_int(c.verbose as i64),
        new_int(c.bytes_warning as i64),
        int(c.quiet),
        new_int(1),
        int(c.isolated),
        Ref::bool(c.dev_mode),
        new_int(0),
        new_int(0),
        Ref::bool(c.safe_path || c.isolated),
        crate::vm::new_usize(vm.int_max_str_digits),
        new_int(1),
        new_int(0),
        new_int(0),
    ];
    make(vm, &FLAGS, values)
}

/// All constants.
pub(super) fn add(vm: &mut Vm, m: &Ref) -> R<()> {
    let version_info = make(
        vm,
        &VERSION_INFO,
        vec![
            new_int(VERSION.0),
            new_int(VERSION.1),
            new_int(VERSION.2),
            new_str("final"),
            new_int(0),
        ],
    );
    set(m, "version_info", version_info.clone());
    set(m, "hexversion", new_int(HEXVERSION));
    set(
        m,
        "version",
        new_str(&format!(
            "{}.{}.{} (Taipan {}) [Rust]",
            VERSION.0,
            VERSION.1,
            VERSION.2,
            env!("CARGO_PKG_VERSION")
        )),
    );
    set(m, "api_version", new_int(1013));
    set(
        m,
        "copyright",
        new_str("Copyright (c) the Taipan authors.\nAll Rights Reserved."),
    );
    set(
        m,
        "_git",
        new_tuple(vec![new_str("Taipan"), new_str(""), new_str("")]),
    );
    set(m, "platform", new_str("linux"));
    set(m, "platlibdir", new_str("lib"));
    set(m, "abiflags", new_str(""));
    set(m, "_framework", new_str(""));
    set(m, "_home", Ref::none());
    set(m, "_stdlib_dir", Ref::none());
    set(m, "pycache_prefix", Ref::none());
    set(m, "float_repr_style", new_str("short"));
    set(m, "maxsize", new_int(i64::MAX));
    set(m, "maxunicode", new_int(0x10_ffff));
    set(
        m,
        "byteorder",
        new_str(if cfg!(target_endian = "big") {
            "big"
        } else {
            "little"
        }),
    );
    let float_info = vec![
        new_float(f64::MAX),
        new_int(1024),
        new_int(308),
        new_float(f64::MIN_POSITIVE),
        new_int(-1021),
        new_int(-307),
        new_int(15),
        new_int(53),
        new_float(f64::EPSILON),
        new_int(2),
        new_int(1),
    ];
    let float_info = make(vm, &FLOAT_INFO, float_info);
    set(m, "float_info", float_info);
    let int_info = vec![new_int(30), new_int(4), new_int(4300), new_int(640)];
    let int_info = make(vm, &INT_INFO, int_info);
    set(m, "int_info", int_info);
    let hash_info = vec![
        new_int(64),
        new_int((1 << 61) - 1),
        new_int(314159),
        new_int(0),
        new_int(1000003),
        new_str("fold"),
        new_int(64),
        new_int(64),
        new_int(0),
    ];
    let hash_info = make(vm, &HASH_INFO, hash_info);
    set(m, "hash_info", hash_info);
    let thread_info = vec![new_str("pthread"), new_str("semaphore"), Ref::none()];
    let thread_info = make(vm, &THREAD_INFO, thread_info);
    set(m, "thread_info", thread_info);

    let implementation = Ref::new_instance(crate::types::class::class_arg(
        vm,
        &rt().types.simple_namespace,
    )?);
    for (name, value) in [
        ("name", new_str("taipan")),
        ("cache_tag", new_str("taipan-314")),
        ("version", version_info),
        ("hexversion", new_int(HEXVERSION)),
        ("_multiarch", new_str("x86_64-linux-gnu")),
        ("supports_isolated_interpreters", Ref::bool(false)),
    ] {
        vm.set_instance_attr(&implementation, &intern(name), value);
    }
    set(m, "implementation", implementation);

    let builtin = vm
        .native_module_names()
        .iter()
        .map(|n| intern(n))
        .collect::<Vec<_>>();
    set(m, "builtin_module_names", new_tuple(builtin));
    let names = new_list(STDLIB_NAMES.iter().map(|n| intern(n)).collect());
    let frozenset = rt().types.frozenset.clone();
    let names = vm.call(&frozenset, &[names])?;
    set(m, "stdlib_module_names", names);

    for name in [
        "path",
        "argv",
        "orig_argv",
        "warnoptions",
        "path_hooks",
        "meta_path",
    ] {
        set(m, name, new_list(vec![]));
    }
    set(m, "path_importer_cache", DictObj::new_dict());
    set(m, "_xoptions", DictObj::new_dict());
    set(m, "dont_write_bytecode", Ref::bool(true));
    for name in [
        "executable",
        "prefix",
        "base_prefix",
        "exec_prefix",
        "base_exec_prefix",
    ] {
        set(m, name, fs_decode(b""));
    }
    let flags = flags(vm);
    set(m, "flags", flags);
    Ok(())
}

/// The names of the standard library's modules.
pub(crate) static STDLIB_NAMES: &[&str] = &[
    "__future__",
    "_abc",
    "_aix_support",
    "_android_support",
    "_apple_support",
    "_ast",
    "_ast_unparse",
    "_asyncio",
    "_bisect",
    "_blake2",
    "_bz2",
    "_codecs",
    "_codecs_cn",
    "_codecs_hk",
    "_codecs_iso2022",
    "_codecs_jp",
    "_codecs_kr",
    "_codecs_tw",
    "_collections",
    "_collections_abc",
    "_colorize",
    "_compat_pickle",
    "_contextvars",
    "_csv",
    "_ctypes",
    "_curses",
    "_curses_panel",
    "_datetime",
    "_dbm",
    "_decimal",
    "_elementtree",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_functools",
    "_gdbm",
    "_hashlib",
    "_heapq",
    "_hmac",
    "_imp",
    "_interpchannels",
    "_interpqueues",
    "_interpreters",
    "_io",
    "_ios_support",
    "_json",
    "_locale",
    "_lsprof",
    "_lzma",
    "_markupbase",
    "_md5",
    "_multibytecodec",
    "_multiprocessing",
    "_opcode",
    "_opcode_metadata",
    "_operator",
    "_osx_support",
    "_overlapped",
    "_pickle",
    "_posixshmem",
    "_posixsubprocess",
    "_py_abc",
    "_py_warnings",
    "_pydatetime",
    "_pydecimal",
    "_pyio",
    "_pylong",
    "_pyrepl",
    "_queue",
    "_random",
    "_remote_debugging",
    "_scproxy",
    "_sha1",
    "_sha2",
    "_sha3",
    "_signal",
    "_sitebuiltins",
    "_socket",
    "_sqlite3",
    "_sre",
    "_ssl",
    "_stat",
    "_statistics",
    "_string",
    "_strptime",
    "_struct",
    "_suggestions",
    "_symtable",
    "_sysconfig",
    "_thread",
    "_threading_local",
    "_tkinter",
    "_tokenize",
    "_tracemalloc",
    "_types",
    "_typing",
    "_uuid",
    "_warnings",
    "_weakref",
    "_weakrefset",
    "_winapi",
    "_wmi",
    "_zoneinfo",
    "_zstd",
    "abc",
    "annotationlib",
    "antigravity",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "atexit",
    "base64",
    "bdb",
    "binascii",
    "bisect",
    "builtins",
    "bz2",
    "cProfile",
    "calendar",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "collections",
    "colorsys",
    "compileall",
    "compression",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "csv",
    "ctypes",
    "curses",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "doctest",
    "email",
    "encodings",
    "ensurepip",
    "enum",
    "errno",
    "faulthandler",
    "fcntl",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "genericpath",
    "getopt",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "grp",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "idlelib",
    "imaplib",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "mailbox",
    "marshal",
    "math",
    "mimetypes",
    "mmap",
    "modulefinder",
    "msvcrt",
    "multiprocessing",
    "netrc",
    "nt",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "operator",
    "optparse",
    "os",
    "pathlib",
    "pdb",
    "pickle",
    "pickletools",
    "pkgutil",
    "platform",
    "plistlib",
    "poplib",
    "posix",
    "posixpath",
    "pprint",
    "profile",
    "pstats",
    "pty",
    "pwd",
    "py_compile",
    "pyclbr",
    "pydoc",
    "pydoc_data",
    "pyexpat",
    "queue",
    "quopri",
    "random",
    "re",
    "readline",
    "reprlib",
    "resource",
    "rlcompleter",
    "runpy",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "sre_compile",
    "sre_constants",
    "sre_parse",
    "ssl",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "subprocess",
    "symtable",
    "sys",
    "sysconfig",
    "syslog",
    "tabnanny",
    "tarfile",
    "tempfile",
    "termios",
    "textwrap",
    "this",
    "threading",
    "time",
    "timeit",
    "tkinter",
    "token",
    "tokenize",
    "tomllib",
    "trace",
    "traceback",
    "tracemalloc",
    "tty",
    "turtle",
    "turtledemo",
    "types",
    "typing",
    "unicodedata",
    "unittest",
    "urllib",
    "uuid",
    "venv",
    "warnings",
    "wave",
    "weakref",
    "webbrowser",
    "winreg",
    "winsound",
    "wsgiref",
    "xml",
    "xmlrpc",
    "zipapp",
    "zipfile",
    "zipimport",
    "zlib",
    "zoneinfo",
];
