"""What dis and opcode ask about instructions of the reference's bytecode. Taipan has instructions of its own, which
`taipan --dis` shows; here all questions are answered with no."""

ENABLE_SPECIALIZATION = False
ENABLE_SPECIALIZATION_FT = False


def is_valid(opcode):
    return False


def has_arg(opcode):
    return False


has_const = has_name = has_jump = has_free = has_local = has_exc = is_valid


def stack_effect(opcode, oparg=None, /, *, jump=None):
    raise ValueError("invalid opcode or oparg")


def get_executor(*, code, offset):
    return None


def get_specialization_stats():
    return None


def get_intrinsic1_descs():
    return []


def get_intrinsic2_descs():
    return []


def get_special_method_names():
    return []


def get_nb_ops():
    return []
