// json_stat.mjs NODE_MODULES PROGRAM: an independent JSON-stat library reads the figures that we publish.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv } from 'node:process';
import assert from 'node:assert/strict';

const [modules, program] = argv.slice(2);
const loaded = createRequire(join(modules, 'json_stat.cjs'))('jsonstat-toolkit');
const JSONstat = loaded.default ?? loaded;
const document = JSON.parse(execFileSync(program, { encoding: 'utf8' }));

const collection = JSONstat(document);
assert.equal(collection.class, 'collection');
assert.equal(collection.length, 8);
const dimensions = [];
for (let i = 0; i < collection.length; i += 1) {
  const dataset = collection.Dataset(i);
  assert.equal(dataset.class, 'dataset');
  const [period, dimension, measure] = dataset.id;
  assert.deepEqual([period, measure], ['period', 'measure']);
  assert.deepEqual(dataset.role.time, ['period']);
  assert.deepEqual(dataset.Dimension('period').id, ['2026-Q3']);
  assert.deepEqual(dataset.Dimension('measure').id, ['estimate', 'lower', 'upper']);
  dimensions.push(dimension);
  for (const code of dataset.Dimension(dimension).id) {
    const cell = (name) => dataset.Data({ period: '2026-Q3', [dimension]: code, measure: name });
    const [estimate, lower, upper] = ['estimate', 'lower', 'upper'].map((name) => cell(name).value);
    assert.ok(Number.isInteger(estimate) && lower < estimate && estimate < upper, `${dimension} ${code}`);
    assert.equal(cell('estimate').status === 'u', upper - lower > estimate, `${dimension} ${code}`);
  }
}
assert.deepEqual(dimensions, ['form', 'age', 'gender', 'nationality_group', 'reporter_group', 'subregion', 'status',
  'shelter_asked']);
assert.equal(document.extension.delta, '0.000001');
assert.equal(document.note.length, 3);
console.log(`${collection.length} datasets read`);
