//! The types `dict_keys`, `dict_values`, `dict_items`, `dict_keyiterator`, `dict_valueiterator`, `dict_itemiterator`, `dict_reversekeyiterator`, `dict_reversevalueiterator`, `dict_reverseitemiterator`.

use super::spec::TypeSpec;
use crate::value::header::Kind;
use crate::value::type_flag;

pub static DICT_KEYS: TypeSpec = TypeSpec {
    name: "dict_keys",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_VALUES: TypeSpec = TypeSpec {
    name: "dict_values",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_ITEMS: TypeSpec = TypeSpec {
    name: "dict_items",
    kind: Kind::DictView,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_KEYITERATOR: TypeSpec = TypeSpec {
    name: "dict_keyiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_VALUEITERATOR: TypeSpec = TypeSpec {
    name: "dict_valueiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_ITEMITERATOR: TypeSpec = TypeSpec {
    name: "dict_itemiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_REVERSEKEYITERATOR: TypeSpec = TypeSpec {
    name: "dict_reversekeyiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_REVERSEVALUEITERATOR: TypeSpec = TypeSpec {
    name: "dict_reversevalueiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};

pub static DICT_REVERSEITEMITERATOR: TypeSpec = TypeSpec {
    name: "dict_reverseitemiterator",
    kind: Kind::DictIter,
    exact: false,
    flags: type_flag::NO_NEW,
    ..TypeSpec::DEFAULT
};
