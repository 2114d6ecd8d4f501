// The page for staff: the code that opens it, the day's counts, and tests and sizes of this very screen.
// Given what the screen knows: say, said, open (shows a dialog), getMm and setMm (pixels of a millimetre).
"use strict";

var KBP_STAFF = function ({ say, said, language, open, getMm, setMm }) {
  const { element, button, drawCode, encode } = KBP_MAKE;
  const CARD = [85.6, 53.98]; // mm, a bank card (ISO/IEC 7810, ID-1)
  const BRIEF = 700; // bytes in the code of the counts, so that a phone reads it from an arm's length
  const FILES = 50; // rows of a table of counts; all of them are in the CSV
  const COLOURS = ["#f00", "#0f0", "#00f", "#fff", "#000", "#888"];
  const CELLS = 40;
  const LIMITS = [1, 12]; // pixels of a millimetre: a large television, a small and sharp screen

  const dialog = document.querySelector("#staff");
  const body = document.querySelector("#staff-body");

  function fill(whole, ...parts) {
    dialog.classList.toggle("whole", whole);
    body.replaceChildren(...parts);
    body.scrollTop = 0;
  }

  const buttons = (...made) => element("p", "", { class: "buttons" }, made);
  const toStaff = () => button(say("back"), show);

  function ask() {
    let code = "";
    const shown = element("p", "", { class: "field", role: "status" });
    const press = (digit) => () => {
      code += digit;
      shown.textContent = "•".repeat(code.length);
      if (code.length < KBP.code.length) return;
      if (code === KBP.code) return show();
      shown.textContent = say("wrong_code");
      code = "";
    };
    const remove = () => {
      code = code.slice(0, -1);
      shown.textContent = "•".repeat(code.length);
    };
    const keys = Array.from("1234567890", (digit) => button(digit, press(digit), { class: "key" }));
    keys.push(button(say("delete"), remove, { class: "key" }));
    fill(false, element("p", say("staff_code")), shown, element("div", "", { class: "keys keys--code" }, keys));
    open("#staff");
  }

  const day = (iso) =>
    new Date(`${iso}T00:00:00`).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });

  function show() {
    const counts = KBP_COUNTS.get();
    const isOld = KBP_COUNTS.today() > KBP.expires;
    fill(
      false,
      element("p", `${said(KBP.title)} · ${say("version", { day: day(KBP.version) })} · ${KBP.build}`),
      element("p", say(isOld ? "expired" : "expires", { day: day(KBP.expires) }), { class: isOld ? "old" : "" }),
      buttons(
        button(say("save_csv"), save),
        button(say("counts_code"), showCode),
        button(say("calibrate"), calibrate),
        button(say("test"), test),
        button(say("reload"), () => location.reload()),
      ),
      element("h3", say("counts")),
      element("p", counts.sessions ? `${say("sessions")}: ${counts.sessions} · ${say("resets")}: ${counts.resets}` : say("no_counts")),
      ...table(say("opened"), counts.opened),
      ...table(say("by_language"), counts.languages),
      ...table(say("by_hour"), counts.hours),
      ...(counts.sessions ? [buttons(forgetter())] : []),
    );
  }

  function table(title, group) {
    const most = Object.entries(group).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    if (!most.length) return [];
    const rows = most
      .slice(0, FILES)
      .map(([name, count]) =>
        element("tr", "", {}, [element("th", name, { scope: "row" }), element("td", String(count))]),
      );
    return [element("h3", title), element("table", "", {}, rows)];
  }

  // Counts are gone only at a second press.
  function forgetter() {
    const made = button(say("forget"), () => {
      if (made.dataset.sure) {
        KBP_COUNTS.forget();
        show();
      } else {
        made.dataset.sure = "yes";
        made.textContent = say("forget_sure");
      }
    });
    return made;
  }

  function save() {
    const href = URL.createObjectURL(new Blob([KBP_COUNTS.csv()], { type: "text/csv" }));
    element("a", "", { download: `kios-${KBP.id}.csv`, href }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    body.querySelector(".told")?.remove();
    body.prepend(element("p", say("saved"), { role: "status", class: "told" }));
    body.scrollTop = 0;
  }

  function showCode() {
    const code = drawCode(encode(KBP_COUNTS.brief(BRIEF, say)), say("counts_code"));
    fill(false, element("p", say("counts_how")), element("div", "", { class: "code" }, [code]), buttons(toStaff()));
  }

  function calibrate() {
    const card = element("div", "", { class: "card" });
    let mm = getMm();
    const fit = (change) => () => {
      mm = Math.max(LIMITS[0], Math.min(LIMITS[1], mm + change));
      [card.style.width, card.style.height] = CARD.map((length) => `${length * mm}px`);
    };
    fit(0)();
    fill(
      false,
      element("p", say("calibrate_how")),
      buttons(
        button("−−", fit(-0.2), { "aria-label": say("much_narrower") }),
        button("−", fit(-0.02), { "aria-label": say("narrower") }),
        button("+", fit(0.02), { "aria-label": say("wider") }),
        button("++", fit(0.2), { "aria-label": say("much_wider") }),
      ),
      buttons(
        button(say("keep"), () => {
          setMm(mm);
          show();
        }, { class: "main" }),
        button(say("original"), () => {
          setMm(0);
          calibrate();
        }),
        toStaff(),
      ),
      card,
    );
  }

  // Cells from edge to edge: a screen that does not feel its border is common, and shows nowhere else.
  function test() {
    const cells = Array.from({ length: CELLS }, (_, place) => {
      const cell = button(String(place + 1), () => cell.classList.add("touched"));
      return cell;
    });
    const colours = COLOURS.map((colour) => element("span", "", { style: `background:${colour}` }));
    fill(
      true,
      element("p", say("test_how")),
      element("div", "", { class: "colours" }, colours),
      element("div", "", { class: "grid" }, cells),
      buttons(toStaff()),
    );
  }

  return { ask };
};
