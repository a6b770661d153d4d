//! Completions and signatures, from the live objects of the session. What is looked at are names and attributes of names, as the reference's `rlcompleter` does:
//! no calls, no subscripts, no properties.

use super::editor::Completions;
use super::text::open_string;
use taipan::{Ref, Vm};
use taipan_grammar::token::Kind;
use taipan_grammar::tokens;
use taipan_vm::R;
use taipan_vm::value::{DictObj, ModuleObj, TypeObj};
use taipan_vm::{intern, rt};

/// The widest signature that is shown.
const SIGNATURE: usize = 72;

/// Words that may stand for the last one of the text.
pub fn complete(vm: &mut Vm, before: &str) -> Completions {
    let found = match open_string(before) {
        Some((start, _)) => in_string(vm, before, start),
        None => in_code(vm, before),
    };
    found.unwrap_or_else(|_| {
        vm.take_exc();
        Completions::default()
    })
}

fn finish(replaces: usize, mut words: Vec<String>) -> R<Completions> {
    words.sort();
    words.dedup();
    Ok(Completions { replaces, words })
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The name that the text ends with, perhaps an empty one.
fn last_name(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_name_char(*c))
        .last()
        .map_or(text.len(), |(i, _)| i);
    &text[start..]
}

/// The names joined by dots that the text ends with.
fn last_path(text: &str) -> Option<Vec<&str>> {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_name_char(*c) || *c == '.')
        .last()?
        .0;
    let names: Vec<&str> = text[start..].split('.').collect();
    let good = |n: &&str| !n.is_empty() && !n.starts_with(|c: char| c.is_ascii_digit());
    names.iter().all(good).then_some(names)
}

fn namespace(vm: &mut Vm) -> Ref {
    let main = vm.main_module();
    match main.cast::<ModuleObj>() {
        Some(m) => m.dict.clone(),
        None => Ref::none(),
    }
}

fn global(vm: &mut Vm, name: &str) -> Option<Ref> {
    let names = namespace(vm);
    let own = names.cast::<DictObj>().and_then(|d| d.get_name(name));
    own.or_else(|| {
        let builtins = vm.builtins.clone();
        let dict = &builtins.cast::<ModuleObj>()?.dict;
        dict.cast::<DictObj>()?.get_name(name)
    })
}

/// The object that a path names.
fn resolve(vm: &mut Vm, path: &[&str]) -> R<Option<Ref>> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(None);
    };
    let Some(mut object) = global(vm, first) else {
        return Ok(None);
    };
    for name in rest {
        match attribute(vm, &object, name)? {
            Some(value) => object = value,
            None => return Ok(None),
        }
    }
    Ok(Some(object))
}

/// An attribute, unless a property would have to be called for it.
fn attribute(vm: &mut Vm, object: &Ref, name: &str) -> R<Option<Ref>> {
    if object.cast::<TypeObj>().is_none()
        && let Some(found) = vm.lookup(object.class(), &intern(name))
        && vm.type_name(&found) == "property"
    {
        return Ok(None);
    }
    let found = vm.getattr_opt(object, &intern(name));
    Ok(found.unwrap_or_else(|_| {
        vm.take_exc();
        None
    }))
}

/// A name, with what usually follows it.
fn shown(vm: &Vm, name: &str, value: Option<&Ref>) -> String {
    match value {
        Some(v) if vm.is_callable(v) => format!("{name}("),
        _ => name.to_string(),
    }
}

fn in_code(vm: &mut Vm, before: &str) -> R<Completions> {
    let line = before.rsplit('\n').next().unwrap_or("");
    let word = last_name(before);
    // Nothing in comments and numbers.
    if in_comment(before) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Completions::default());
    }
    if let Some(found) = in_import(vm, line)? {
        return Ok(found);
    }
    let head = &before[..before.len() - word.len()];
    if let Some(owner) = head.strip_suffix('.') {
        let Some(path) = last_path(owner) else {
            return Ok(Completions::default());
        };
        return attributes(vm, &path, word);
    }
    if word.is_empty() {
        return Ok(Completions::default());
    }
    let mut words: Vec<String> = keywords(word).map(String::from).collect();
    let dicts = [namespace(vm), vm.builtins_dict()];
    for dict in dicts {
        let Some(dict) = dict.cast::<DictObj>() else {
            continue;
        };
        for (key, value) in dict.items() {
            let name = vm.str_lossy(&key);
            if name.starts_with(word) && (word.starts_with('_') || !name.starts_with('_')) {
                words.push(shown(vm, &name, Some(&value)));
            }
        }
    }
    finish(word.len(), words)
}

fn keywords(word: &str) -> impl Iterator<Item = &'static str> {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "False", "None", "True", "and ", "as ", "assert ", "async ", "await ", "break", "case ", "class ", "continue", "def ", "del ",
        "elif ", "else:", "except ", "finally:", "for ", "from ", "global ", "if ", "import ", "in ", "is ", "lambda ", "match ",
        "nonlocal ", "not ", "or ", "pass", "raise ", "return ", "try:", "type ", "while ", "with ", "yield ",
    ];
    let word = word.to_string();
    WORDS.iter().copied().filter(move |w| w.starts_with(&word))
}

fn in_comment(before: &str) -> bool {
    super::highlight::parts(before)
        .last()
        .is_some_and(|p| p.2 == super::highlight::Style::Comment && p.1 == before.len())
}

fn attributes(vm: &mut Vm, path: &[&str], word: &str) -> R<Completions> {
    let Some(object) = resolve(vm, path)? else {
        return Ok(Completions::default());
    };
    let mut words = Vec::new();
    let names = names_of(vm, &object)?;
    // Underscores only when asked for, as few of them as possible.
    let hidden = |name: &str| match word {
        "" => name.starts_with('_'),
        "_" => name.starts_with("__"),
        _ => false,
    };
    let some_public = names.iter().any(|n| n.starts_with(word) && !hidden(n));
    for name in names {
        if name.starts_with(word) && !(hidden(&name) && some_public) {
            let value = attribute(vm, &object, &name)?;
            words.push(shown(vm, &name, value.as_ref()));
        }
    }
    finish(word.len(), words)
}

/// What `dir()` says.
fn names_of(vm: &mut Vm, object: &Ref) -> R<Vec<String>> {
    let Some(dir) = vm
        .builtins_dict()
        .cast::<DictObj>()
        .and_then(|d| d.get_name("dir"))
    else {
        return Ok(Vec::new());
    };
    let names = vm.call(&dir, std::slice::from_ref(object))?;
    let names = vm.collect(&names)?;
    Ok(names
        .iter()
        .filter(|n| n.is_str())
        .map(|n| vm.str_lossy(n))
        .collect())
}

/// `import a.b`, `from a.b`, `from a import b`.
fn in_import(vm: &mut Vm, line: &str) -> R<Option<Completions>> {
    let line = line.rsplit(';').next().unwrap_or(line).trim_start();
    if let Some(rest) = line.strip_prefix("from ") {
        if let Some((module, names)) = rest.split_once(" import ") {
            let word = last_name(names);
            let found = members(vm, module.trim(), word)?;
            return Ok(Some(finish(word.len(), found)?));
        }
        let module = rest.trim_start();
        if let Some((done, word)) = module.rsplit_once(' ') {
            let words = match !done.is_empty() && "import ".starts_with(word) {
                true => vec!["import ".to_string()],
                false => vec![],
            };
            return Ok(Some(finish(word.len(), words)?));
        }
        return modules(vm, module).map(Some);
    }
    let Some(rest) = line.strip_prefix("import ") else {
        return Ok(None);
    };
    let module = rest.rsplit(',').next().unwrap_or(rest).trim_start();
    if module.contains(' ') {
        return Ok(Some(Completions::default()));
    }
    modules(vm, module).map(Some)
}

/// Modules whose dotted name begins so.
fn modules(vm: &mut Vm, dotted: &str) -> R<Completions> {
    let (package, word) = match dotted.rsplit_once('.') {
        Some((package, word)) => (Some(package), word),
        None => (None, dotted),
    };
    if !dotted.chars().all(|c| is_name_char(c) || c == '.') {
        return Ok(Completions::default());
    }
    let names = module_names(vm, package)?;
    let visible =
        |n: &String| n.starts_with(word) && (word.starts_with('_') || !n.starts_with('_'));
    finish(word.len(), names.into_iter().filter(visible).collect())
}

/// The modules of a package, or all that can be imported; found by looking, not by importing.
fn module_names(vm: &mut Vm, package: Option<&str>) -> R<Vec<String>> {
    let mut names = Vec::new();
    let path = match package {
        None => {
            for attribute in ["builtin_module_names", "stdlib_module_names"] {
                if let Some(known) = vm.sys_attr(attribute) {
                    names.extend(vm.collect(&known)?.iter().map(|n| vm.str_lossy(n)));
                }
            }
            vm.sys_attr("path")
        }
        Some(package) => {
            let mut path = None;
            for (end, _) in package.match_indices('.').chain([(package.len(), "")]) {
                let Some(spec) = vm.find_spec(&intern(&package[..end]), path.as_ref())? else {
                    return Ok(names);
                };
                path = vm.getattr_opt(&spec, &intern("submodule_search_locations"))?;
                if path.as_ref().is_none_or(|p| p.is_none()) {
                    return Ok(names);
                }
            }
            path
        }
    };
    let Some(path) = path.filter(|p| !p.is_none()) else {
        return Ok(names);
    };
    let pkgutil = vm.import("pkgutil")?;
    let path = taipan_vm::vm::new_list(vm.collect(&path)?);
    let found = vm.call_method(&pkgutil, "iter_modules", &[path])?;
    for module in vm.collect(&found)? {
        let name = vm.getattr_str(&module, "name")?;
        names.push(vm.str_lossy(&name));
    }
    Ok(names)
}

/// What can be imported from a module: its submodules, and its names if it has been imported already.
fn members(vm: &mut Vm, module: &str, word: &str) -> R<Vec<String>> {
    let mut names = module_names(vm, Some(module))?;
    let loaded = vm.loaded(&intern(module));
    if let Some(m) = loaded.filter(|m| !m.is_none()) {
        names.extend(names_of(vm, &m)?);
    } else if is_library(vm, module) {
        let m = vm.import(module)?;
        names.extend(names_of(vm, &m)?);
    }
    names.retain(|n| n.starts_with(word) && (word.starts_with('_') || !n.starts_with('_')));
    Ok(names)
}

/// Modules of the embedded library may be imported for their names: they do nothing else. A few do.
fn is_library(vm: &mut Vm, module: &str) -> bool {
    const LOUD: [&str; 6] = [
        "this",
        "antigravity",
        "__hello__",
        "__phello__",
        "idlelib",
        "turtledemo",
    ];
    let top = module.split('.').next().unwrap_or(module);
    if LOUD.contains(&top) || module.ends_with("__main__") {
        return false;
    }
    let Some(known) = vm.sys_attr("stdlib_module_names") else {
        return false;
    };
    vm.collect(&known)
        .is_ok_and(|all| all.iter().any(|n| vm.str_lossy(n) == top))
}

fn in_string(vm: &mut Vm, before: &str, start: usize) -> R<Completions> {
    let typed = &before[start..];
    let quoted = before[..start].trim_end_matches(['"', '\'']);
    let quote = before[..start].chars().next_back().unwrap_or('\'');
    if let Some(owner) = quoted.strip_suffix('[')
        && let Some(path) = last_path(owner)
    {
        return keys(vm, &path, typed, quote);
    }
    files(vm, typed)
}

/// The str keys of a dict.
fn keys(vm: &mut Vm, path: &[&str], typed: &str, quote: char) -> R<Completions> {
    let mut words = Vec::new();
    if let Some(object) = resolve(vm, path)?
        && let Some(dict) = object.exact::<DictObj>()
    {
        for key in dict.keys() {
            let text = if key.is_str() {
                vm.str_lossy(&key)
            } else {
                continue;
            };
            let plain = !text.contains([quote, '\\', '\n']);
            if text.starts_with(typed) && plain {
                words.push(format!("{text}{quote}]"));
            }
        }
    }
    finish(typed.len(), words)
}

/// Names of files that begin so; folders end with a slash.
fn files(vm: &mut Vm, typed: &str) -> R<Completions> {
    let (folder, word) = match typed.rsplit_once('/') {
        Some((folder, word)) => (format!("{folder}/"), word),
        None => (String::new(), typed),
    };
    let place = if folder.is_empty() {
        std::path::PathBuf::from(".")
    } else if let Some(rest) = folder.strip_prefix("~/") {
        let home = vm.host.env("HOME").unwrap_or_default();
        std::path::Path::new(&home).join(rest)
    } else {
        folder.as_str().into()
    };
    let Ok(entries) = vm.host.list_dir(&place) else {
        return Ok(Completions::default());
    };
    let mut words = Vec::new();
    for entry in entries {
        let Some(name) = entry.to_str().filter(|n| n.starts_with(word)) else {
            continue;
        };
        if name.starts_with('.') && !word.starts_with('.') {
            continue;
        }
        let slash = match vm.host.is_dir(&place.join(name)) {
            true => "/",
            false => "",
        };
        words.push(format!("{name}{slash}"));
    }
    finish(word.len(), words)
}

/// The parameters of the function whose call the text opens.
pub fn signature(vm: &mut Vm, before: &str) -> Option<String> {
    let head = before.strip_suffix('(')?;
    let opened = tokens(before);
    let last = opened.iter().rev().find(|t| {
        !matches!(
            t.0,
            Kind::EndMarker | Kind::Error | Kind::Newline | Kind::Dedent
        )
    })?;
    if last.0 != Kind::Lpar {
        return None;
    }
    // The name in a definition is none yet.
    let line = head.rsplit('\n').next().unwrap_or(head).trim_start();
    if ["def ", "class ", "async def "]
        .iter()
        .any(|d| line.starts_with(d))
    {
        return None;
    }
    let path = last_path(head)?;
    let text = signature_of(vm, &path);
    match text {
        Ok(text) => text,
        Err(_) => {
            vm.take_exc();
            None
        }
    }
}

fn signature_of(vm: &mut Vm, path: &[&str]) -> R<Option<String>> {
    let Some(object) = resolve(vm, path)? else {
        return Ok(None);
    };
    if !vm.is_callable(&object) {
        return Ok(None);
    }
    let inspect = vm.import("inspect")?;
    let signature = vm.call_method(&inspect, "signature", &[object]);
    let class = rt().types.value_error.clone();
    let Some(signature) = vm.catch(signature, &class)? else {
        return Ok(None);
    };
    let text = vm.str(&signature)?;
    let text = vm.str_lossy(&text);
    let text = text.strip_prefix('(').unwrap_or(&text);
    if text.chars().count() <= SIGNATURE {
        return Ok(Some(text.to_string()));
    }
    let short: String = text.chars().take(SIGNATURE - 3).collect();
    Ok(Some(format!("{short}...")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text() {
        assert_eq!(last_name("f(ab"), "ab");
        assert_eq!(last_name("f("), "");
        assert_eq!(last_path("x + a.b.c"), Some(vec!["a", "b", "c"]));
        assert_eq!(last_path("f().b"), None);
        assert_eq!(last_path("1.b"), None);
        assert_eq!(last_path(""), None);
    }
}
