// The one style of the page: the NL Design System components that the page uses (classes utrecht-*),
// the design tokens that these need and no other, a theme, and the page's own style.css.
import { readFileSync } from 'node:fs';

const components = ['button', 'textbox', 'textarea', 'link', 'alert'];
const tokens = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css';
// The classes of these that the page uses; a rule that needs another is left out.
const used = new Set([
  'utrecht-button', 'utrecht-button--primary-action', 'utrecht-button--secondary-action', 'utrecht-button--subtle',
  'utrecht-textbox', 'utrecht-textarea', 'utrecht-link',
  'utrecht-alert', 'utrecht-alert--info', 'utrecht-alert--ok', 'utrecht-alert--warning', 'utrecht-alert--error',
]);

export async function bundleStyle(packages, ownPath, themePath) {
  const postcss = packages('postcss');
  const own = readFileSync(ownPath, 'utf8');
  const theme = themePath ? readFileSync(themePath, 'utf8') : '';
  const parts = components.map((name) => pruned(postcss,
    readFileSync(packages.resolve(`@utrecht/${name}-css/dist/index.css`), 'utf8'), used));
  const css = [...parts, own].join('\n');
  const all = readFileSync(packages.resolve(tokens), 'utf8');
  const wanted = neededTokens(postcss, all, css + theme);
  const { code } = await packages('esbuild').transform(`:root{${wanted}}\n${css}\n${theme}`, {
    loader: 'css', minify: true, charset: 'utf8', legalComments: 'none', target: 'es2020',
  });
  return code.trim();
}

// Without the rules that need a class that is not in `allowed`.
export function pruned(postcss, css, allowed) {
  const tree = postcss.parse(css);
  tree.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && rule.parent.name.endsWith('keyframes')) return;
    const kept = rule.selectors.filter((selector) =>
      (selector.match(/\.[\w-]+/g) ?? []).every((name) => allowed.has(name.slice(1))));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  tree.walkAtRules((rule) => {
    if (rule.nodes && !rule.nodes.length) rule.remove();
  });
  tree.walkComments((comment) => comment.remove());
  return tree.toString();
}

// The declarations of every token that the style reads, and of those that these read in turn.
export function neededTokens(postcss, all, css) {
  const values = new Map();
  postcss.parse(all).walkDecls(/^--/, (declaration) => values.set(declaration.prop, declaration.value));
  const found = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (found.has(name) || !values.has(name)) continue;
      found.add(name);
      follow(values.get(name));
    }
  };
  follow(css);
  return [...found].sort().map((name) => `${name}:${values.get(name)};`).join('');
}
