// Bundles the web form into bundle/: our entry, Sveltia CMS with what it loads later, and everybody's licences.
import { build } from 'esbuild';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, 'bundle');
const CMS = join(HERE, 'node_modules/@sveltia/cms');

// Sveltia's own languages do not include Indonesian. Its list becomes English and ours, and the first loader ours.
const LANGUAGES = /`ar,bg,ca,[A-Za-z,-]+`\.split/;
const LOADER = 'ar:()=>u(()=>import(`../locales/ar.json`)';

// Names of files are ids of ours, which know no underscore and no tilde.
const UNSAFE = '/[^\\w-~]/';

// With a repository it asks its host at every start how things are. It hears that all is well, and asks nobody.
const WELL = {
  'https://www.githubstatus.com/api/v2/status.json': '{"status":{"indicator":"none"}}',
  'https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7':
    '{"result":{"status_overall":{"status_code":100}}}',
};

// Its style sheet names fonts of another host, for when its own do not load. They are asked of nobody.
const FONTS = 'https://cdn.jsdelivr.net/fontsource/fonts/';

function replace(text, wanted, by, times = 1) {
  const parts = text.split(wanted);
  if (parts.length !== times + 1) {
    throw new Error(`Sveltia CMS is not as expected: ${wanted} stands there ${parts.length - 1} times.`);
  }
  return parts.join(by);
}

const ours = {
  name: 'ours',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, async ({ path }) => {
      let text = await readFile(path, 'utf8');
      for (const [address, answer] of Object.entries(WELL)) {
        text = replace(text, address, `data:application/json,${answer}`);
      }
      text = replace(text, FONTS, 'data:,', 3);
      text = replace(text, UNSAFE, '/[^A-Za-z0-9-]/');
      const listed = replace(text, LANGUAGES, '`en-US,id`.split');
      return { contents: replace(listed, LOADER, 'id:()=>u(()=>import(`../locales/id.json`)') };
    });
    onResolve({ filter: /\/locales\/id\.json$/ }, () => ({ path: join(HERE, 'id.json') }));
  },
};

// Other languages of the screen, and colours for code in a hundred languages: records hold neither.
const unused = {
  name: 'unused',
  setup({ onLoad, onResolve }) {
    const filter = /^@shikijs\/(langs|themes)\/|\/locales\/[A-Za-z-]+\.json$/;
    onResolve({ filter }, () => ({ path: 'unused', namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'export default [];' }));
  },
};

async function licences() {
  const { packages } = JSON.parse(await readFile(join(HERE, 'package-lock.json'), 'utf8'));
  const texts = [];
  for (const [folder, { version, license, dev }] of Object.entries(packages)) {
    if (folder && !dev) {
      const files = await readdir(join(HERE, folder));
      const found = files.filter((name) => /^licen[cs]e/i.test(name)).sort()[0];
      const words = found ? await readFile(join(HERE, folder, found), 'utf8') : '';
      texts.push(`${folder.replace(/^.*node_modules\//, '')} ${version} (${license})\n\n${words.trim()}\n`);
    }
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
await build({
  entryPoints: [join(HERE, 'main.js')],
  absWorkingDir: HERE,
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  outdir: OUT,
  chunkNames: 'chunks/[name]-[hash]', // what Sveltia loads later looks for ../assets
  plugins: [ours, unused],
});
await cp(join(CMS, 'npm/assets'), join(OUT, 'assets'), { recursive: true, filter: (path) => !path.endsWith('.map') });
await cp(join(HERE, 'index.html'), join(OUT, 'index.html'));
await writeFile(join(OUT, 'LICENSES.txt'), await licences());
