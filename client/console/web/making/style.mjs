// The one style: the NL Design System components that the screens use (classes utrecht-*), the design tokens that these
// need and no other, uPlot's, a theme, and the screens' own style.css.
import { readFileSync } from 'node:fs';

import { neededTokens, pruned } from '../../../page/making/style.mjs';

const components = ['button', 'textbox', 'textarea', 'select', 'link', 'alert'];
const tokens = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css';
// The classes of these that the screens use; a rule that needs another is left out.
const used = new Set([
  'utrecht-button', 'utrecht-button--primary-action', 'utrecht-button--secondary-action', 'utrecht-button--subtle',
  'utrecht-button--danger', 'utrecht-textbox', 'utrecht-textarea', 'utrecht-select', 'utrecht-link',
  'utrecht-alert', 'utrecht-alert--info', 'utrecht-alert--ok', 'utrecht-alert--warning', 'utrecht-alert--error',
]);

export async function bundleStyle(packages, own, theme) {
  const postcss = packages('postcss');
  const read = (name) => readFileSync(packages.resolve(name), 'utf8');
  const parts = components.map((name) => pruned(postcss, read(`@utrecht/${name}-css/dist/index.css`), used));
  const css = [...parts, read('uplot/dist/uPlot.min.css'), own].join('\n');
  const wanted = neededTokens(postcss, read(tokens), css + theme);
  const { code } = await packages('esbuild').transform(`:root{${wanted}}\n${css}\n${theme}`, {
    loader: 'css', minify: true, charset: 'utf8', legalComments: 'none', target: 'es2022',
  });
  return code.trim();
}
