// A preview's page loads itself again when the site has changed. Only previews have this script.
(() => {
  const shown = document.currentScript.dataset.version;
  let news = null;
  const listen = () => {
    if (document.hidden || news) return; // a tab that nobody sees keeps no connection
    news = new EventSource("/.kbp/news");
    news.onmessage = ({ data }) => { if (data !== shown) location.reload(); };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && news) { news.close(); news = null; }
    listen();
  });
  listen();
})();
