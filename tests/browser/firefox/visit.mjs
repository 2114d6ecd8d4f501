// A visit at an exhibition's screen in Firefox: node visit.mjs FIREFOX MULAI.html PICTURES. Prints what was seen as JSON.
import puppeteer from "puppeteer-core";

const [, , firefox, start, pictures] = process.argv;
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  // Whatever would go out goes to a port where nobody listens.
  extraPrefsFirefox: { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9 },
});
const page = await browser.newPage();
await page.setViewport({ width: 1024, height: 768 });
const seen = { wrong: [], asked: [] };
page.on("pageerror", (error) => seen.wrong.push(String(error)));
page.on("console", (said) => said.type() === "error" && seen.wrong.push(said.text()));
page.on("request", (request) => /^(file|about|data|blob):/.test(request.url()) || seen.asked.push(request.url()));

const until = (what, ...given) => page.waitForFunction(what, { timeout: 10000 }, ...given);
const text = (selector) => page.$eval(selector, (node) => node.textContent);
const inPage = async (code) => page.frames().at(-1).evaluate(code);
const arrived = (words) => untilInPage(`document.querySelector("h1")?.textContent.includes(${JSON.stringify(words)})`);
async function untilInPage(code) {
  for (let turn = 0; turn < 100; turn += 1) {
    if (await inPage(code).catch(() => false)) return;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error(`never in the page: ${code}`);
}

try {
  await page.goto(start);
  await until(() => document.querySelector(".slide strong"));
  seen.slide = await text(".slide strong");
  await page.click(".invite");
  const title = await text("#first strong");
  await page.click("#first button");
  await arrived(title);
  seen.read = title;
  await page.click("[data-size='160']");
  await page.click("#contrast");
  await untilInPage("document.documentElement.matches('.large.contrast')");
  await page.screenshot({ path: `${pictures}/halaman.png` });

  seen.out = await inPage("document.querySelector('a[data-out^=http]').dataset.out");
  await inPage("document.querySelector('a[data-out^=http]').click()");
  await until(() => document.querySelector("#scan").open);
  await (await page.$("#scan .code")).screenshot({ path: `${pictures}/kode.png` });
  await page.click("#scan [data-close]");

  await page.click("[data-language=en]");
  await untilInPage("document.documentElement.lang === 'en'");
  seen.start = await text("#home");
  await page.click("[data-language=id]");

  await page.click("#to-search");
  for (const letter of "penengahan") {
    await page.evaluate((sign) => [...document.querySelectorAll("#board .key")].find((key) => key.textContent === sign).click(), letter);
  }
  await until(() => document.querySelector("#found strong"));
  const found = await text("#found strong");
  await page.click("#found button");
  await arrived(found);
  seen.found = found;

  await page.mouse.move(20, 20);
  for (let tap = 0; tap < 5; tap += 1) {
    await page.mouse.up();
    await page.mouse.down();
  }
  await until(() => document.querySelector("#staff").open);
  await page.mouse.up();
  await page.evaluate(() => {
    for (const digit of KBP.code) [...document.querySelectorAll("#staff-body .key")].find((key) => key.textContent === digit).click();
  });
  seen.staff = await text("#staff-body");
  await page.click("#staff [data-close]");

  await page.evaluate(() => Object.assign(KBP, { idle: 1, countdown: 1 }));
  await page.click("#home");
  await until(() => document.querySelector("#idle").open);
  await until(() => !document.querySelector("#loop").hidden);
  seen.after = await page.evaluate(() => [document.documentElement.lang, document.documentElement.className, document.querySelector("#back").disabled]);

  await page.reload();
  await until(() => document.querySelector(".slide strong"));
  seen.kept = await page.evaluate(() => KBP_COUNTS.get().sessions);
} finally {
  console.log(JSON.stringify(seen));
  await browser.close();
}
