// Gives the chosen file to the worker that the address names, and tells how long its answer takes.
const name = new URLSearchParams(location.search).get('worker');
const worker = new Worker(`${name}.js`);
document.querySelector('#file').addEventListener('change', event => {
  const start = performance.now();
  worker.onmessage = ({ data }) => { window.outcome = { wall: performance.now() - start, ...data }; };
  worker.onerror = error => { window.outcome = { failed: error.message }; };
  worker.postMessage(event.target.files[0]);
});
