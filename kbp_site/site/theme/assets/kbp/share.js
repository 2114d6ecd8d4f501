// The block for sharing: copies the address, and offers what the device itself can share with.
// Where the site has not said its address, the page's own takes its place.
(() => {
  "use strict";
  const box = document.querySelector(".kbp-share");
  const [whatsapp, device, copy] = box.querySelectorAll(".kbp-action");
  const address = box.dataset.address || (location.protocol === "file:" ? "" : location.href.replace(/[?#].*/, ""));
  if (!address) return;
  if (!whatsapp.href) {
    whatsapp.href = `https://wa.me/?text=${encodeURIComponent(whatsapp.dataset.text + address)}`;
    whatsapp.hidden = false;
    box.querySelector(".kbp-citation").append(` ${address}`);
  }
  if (navigator.share) {
    device.hidden = false;
    device.addEventListener("click", () => {
      const title = document.querySelector("h1").textContent;
      navigator.share({ title, url: address }).catch(() => {}); // the reader thought better of it
    });
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const told = box.querySelector("[role=status]");
      const done = await navigator.clipboard.writeText(address).then(() => true, () => false);
      told.textContent = done ? copy.dataset.done : `${copy.dataset.failed} ${address}`;
    });
  }
})();
