"""What sysconfig would know of the build. There are no extension modules to compile, so that is little."""

build_time_vars = {
    "ABIFLAGS": "",
    "EXT_SUFFIX": "",
    "MULTIARCH": "x86_64-linux-gnu",
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 0,
    "SOABI": "",
    "WITH_DOC_STRINGS": 1,
}
