// Hands the platform's answer back to the page that opened this window, and closes.
(() => {
  const answer = location.search;
  history.replaceState(null, '', location.pathname);
  // By the channel where the platform has cut this window off from its opener, by the opener where the studio is framed by another site.
  new BroadcastChannel('atelier-sign-in').postMessage(answer);
  window.opener?.postMessage(answer, location.origin);
  window.close();
})();
