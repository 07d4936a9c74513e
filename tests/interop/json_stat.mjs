// json_stat.mjs NODE_MODULES PROGRAM: an independent JSON-stat library reads the figures that we publish.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv } from 'node:process';
import assert from 'node:assert/strict';

const [modules, program] = argv.slice(2);
const loaded = createRequire(join(modules, 'json_stat.cjs'))('jsonstat-toolkit');
const JSONstat = loaded.default ?? loaded;
const releases = execFileSync(program, { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
assert.equal(releases.length, 5);

const names = ['form', 'age', 'gender', 'nationality_group', 'reporter_group', 'subregion', 'status', 'shelter_asked'];
let read = 0;
for (const document of releases) {
  const collection = JSONstat(document);
  assert.equal(collection.class, 'collection');
  assert.equal(document.extension.delta, '0.000001');
  assert.equal(document.note.length, 3);
  const tables = new Set();
  for (let i = 0; i < collection.length; i += 1) {
    const dataset = collection.Dataset(i);
    assert.equal(dataset.class, 'dataset');
    assert.equal(dataset.id[0], 'period');
    assert.equal(dataset.id.at(-1), 'measure');
    assert.deepEqual(dataset.role.time, ['period']);
    const dimensions = dataset.id.slice(1, -1);
    assert.ok(dimensions.every((name) => names.includes(name)));
    const [period] = dataset.Dimension('period').id;
    tables.add(`${period} ${dimensions.join(' ')}`);
    assert.deepEqual(dataset.Dimension('measure').id, ['estimate', 'lower', 'upper']);
    // Every cell of the table, by the names of its codes.
    const walk = (at, chosen) => {
      if (at < dimensions.length) {
        for (const code of dataset.Dimension(dimensions[at]).id) walk(at + 1, { ...chosen, [dimensions[at]]: code });
        return;
      }
      const cell = (measure) => dataset.Data({ period, ...chosen, measure });
      const [estimate, lower, upper] = ['estimate', 'lower', 'upper'].map((name) => cell(name).value);
      assert.ok(lower < estimate && estimate < upper, JSON.stringify(chosen));
      assert.equal(cell('estimate').status === 'u', upper - lower > estimate, JSON.stringify(chosen));
      read += 1;
    };
    walk(0, {});
  }
  assert.equal(tables.size, collection.length, 'no table twice');
}
assert.equal(JSONstat(releases[0]).length, 9);
assert.equal(JSONstat(releases[4]).length, 37 + 4 * 9);
console.log(`${read} cells read`);
