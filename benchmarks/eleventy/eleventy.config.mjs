// The least that Eleventy needs for the stories that benchmarks/others.py writes: pages, lists of 20, tags, nothing else.
const SIZE = 20;

/** Returns the pages of one list: of all stories at "/", or of those with a tag. */
function cut(address, title, stories) {
  const count = Math.ceil(stories.length / SIZE);
  const at = (number) => (number === 0 ? address : `${address}page/${number + 1}/`);
  return Array.from({ length: count }, (_, number) => ({
    address: at(number),
    title,
    stories: stories.slice(number * SIZE, (number + 1) * SIZE),
    number: number + 1,
    count,
    previous: number > 0 ? at(number - 1) : "",
    next: number + 1 < count ? at(number + 1) : "",
  }));
}

export default function (config) {
  const storiesOf = (api) => api.getAll().filter((page) => page.data.layout === "story.njk").reverse();
  const tagsOf = (stories) => [...new Set(stories.flatMap((story) => story.data.tags))].sort();
  config.addCollection("allTags", (api) => tagsOf(storiesOf(api)));
  config.addCollection("lists", (api) => {
    const stories = storiesOf(api);
    const byTag = new Map(tagsOf(stories).map((tag) => [tag, []]));
    stories.forEach((story) => new Set(story.data.tags).forEach((tag) => byTag.get(tag).push(story)));
    return [
      ...cut("/", "KBP Rekaan", stories),
      ...[...byTag].flatMap(([tag, tagged]) => cut(`/tags/${tag}/`, tag, tagged)),
    ];
  });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  return { dir: { input: "content", includes: "../layouts", output: "site" } };
}
