//! One program, two homes: the command line (native), the studio's page and worker (wasm32).

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    atelier::cli::run(std::env::args_os().skip(1).collect())
}

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast;

    console_error_panic_hook::set_once();
    if js_sys::global().is_instance_of::<web_sys::DedicatedWorkerGlobalScope>() {
        atelier::worker::serve();
    } else {
        atelier::ui::mount();
    }
}
