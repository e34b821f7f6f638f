// Starts the program, and keeps the files chosen or dropped before it is ready.
(() => {
  const keep = files => { if (files && files[0]) window.earlyFiles = files; };
  addEventListener('dragover', event => event.preventDefault());
  addEventListener('drop', event => {
    event.preventDefault();
    if (document.getElementById('shell')) keep(event.dataTransfer.files);
  });
  document.getElementById('early')?.addEventListener('change', event => keep(event.target.files));
  wasm_bindgen({ module_or_path: document.currentScript.dataset.wasm }).catch(error => {
    console.error(error);
    const sorry = document.getElementById('unsupported');
    if (sorry) sorry.hidden = false;
  });
})();
