// Reads rows [text, changes] from standard input and writes what the form would save for each.
import { read, write } from '../../kbp_site/editing/form_app/records.js';

let said = '';
for await (const part of process.stdin) said += part;
const saved = JSON.parse(said).map(([text, changes]) => write({ ...read(text), ...changes }));
process.stdout.write(JSON.stringify(saved));
