// What staff sees of the day: how often the screen was used, never by whom or what was typed. Kept in this browser.
"use strict";

var KBP_COUNTS = (function () {
  const key = `kbp-kios ${KBP.id}`;
  const empty = () => ({ sessions: 0, resets: 0, opened: {}, languages: {}, hours: {} });
  let counts = empty();

  try {
    counts = { ...empty(), ...JSON.parse(localStorage.getItem(key) || "{}") };
  } catch {
    // A browser that keeps nothing for files counts while it is open.
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(counts));
    } catch {
      // As above.
    }
  }

  function hour() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}`;
  }

  const add = (group, name) => {
    counts[group][name] = (counts[group][name] || 0) + 1;
    keep();
  };

  return {
    session() {
      counts.sessions += 1;
      add("hours", hour());
    },
    reset() {
      counts.resets += 1;
      keep();
    },
    opened: (page) => add("opened", page),
    language: (language) => add("languages", language),
    forget() {
      counts = empty();
      keep();
    },
    get: () => counts,
    // Rows of the same, for a table: what, which, how often.
    rows() {
      const of = (what, group) => Object.entries(group).sort().map(([name, count]) => [what, name, count]);
      return [
        ["sessions", "", counts.sessions],
        ["resets", "", counts.resets],
        ...of("hour", counts.hours),
        ...of("language", counts.languages),
        ...of("opened", counts.opened),
      ];
    },
    // The same in few words, for a code to scan; a code holds no more than so many bytes.
    brief(most) {
      const lines = [`${KBP.id} ${KBP.version} ${KBP.build}`];
      for (const [what, name, count] of this.rows()) {
        const line = `${what}${name ? ` ${name}` : ""}: ${count}`;
        if (new TextEncoder().encode([...lines, line].join("\n")).length > most) break;
        lines.push(line);
      }
      return lines.join("\n");
    },
    csv() {
      const cell = (value) => `"${String(value).replace(/"/g, '""')}"`;
      return ["what,which,count", ...this.rows().map((row) => row.map(cell).join(","))].join("\r\n") + "\r\n";
    },
  };
})();
