//! Generates the parser tables from `python.lalrpop`.

fn main() {
    println!("cargo:rerun-if-changed=python.lalrpop");
    println!("cargo:rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR").unwrap_or_else(|_| "target".into());
    let made = lalrpop::Configuration::new()
        .emit_rerun_directives(false)
        .emit_whitespace(false)
        .set_out_dir(out)
        .process_file("python.lalrpop");
    if let Err(error) = made {
        panic!("python.lalrpop: {error}");
    }
}
