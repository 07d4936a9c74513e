// The document: text that can be read without scripts first, then data blocks, then the one script.
//
// The page shows its own hash: the SHA-256 of the document with these 64 hexadecimal digits as zeros
// (docs/verify-page.md).
import { createHash } from 'node:crypto';

const zeros = '0'.repeat(64);
const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%23777'/%3E%3C/svg%3E";

const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

// JSON may write "<" otherwise; what may not must not hold what ends or hides a script element.
function block({ id, type, content }) {
  const safe = type === 'application/json' ? content.replace(/</g, '\\u003c') : content;
  if (/<\/script|<!--/i.test(safe)) throw new Error(`${id} cannot stand in a document`);
  return `<script type="${type}" id="${id}">${safe}</script>`;
}

const exitOf = (region) => region.exitUrl ?? 'about:blank';

export function makeDocument({ region, texts, blocks, script, style, policy }) {
  const [first, ...others] = Object.keys(texts);
  const html = [
    `<!doctype html>`,
    `<html lang="${first}" dir="${texts[first]['language.direction']}" translate="no">`,
    `<head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer"><meta name="google" content="notranslate">`,
    `<meta name="format-detection" content="telephone=no"><meta name="page-hash" content="${zeros}">`,
    `<title>${escape(region.title ?? texts[first]['page.title'])}</title>`,
    `<link rel="icon" href="${icon}"><style>${style}</style></head>`,
    `<body class="utrecht-theme">`,
    `<header id="top"><a id="exit" href="${escape(exitOf(region))}" rel="noreferrer">${escape(texts[first]['exit.button'])}</a>`,
    region.name ? `<span class="region">${escape(region.name)}</span>` : '',
    `</header>`,
    `<main id="main">`,
    introduction(region, texts[first], first, 1),
    ...others.map((language) => otherLanguage(region, texts[language], language)),
    `</main>`,
    ...blocks.map(block),
    `<script>${script}</script>`,
    `</body></html>`, '',
  ].filter((line, i, all) => line || i === all.length - 1).join('\n');
  if (html.split(zeros).length !== 2) throw new Error('the place of the hash is not the only one of its kind');
  const hash = createHash('sha256').update(html).digest('hex');
  return { hash, html: html.replace(zeros, hash) };
}

function otherLanguage(region, texts, language) {
  const attributes = `lang="${language}" dir="${texts['language.direction']}"`;
  const wayOut = `<p><a class="utrecht-link" href="${escape(exitOf(region))}" rel="noreferrer">${escape(texts['exit.button'])}</a></p>`;
  return `<details ${attributes}><summary>${escape(texts['language.name'])}</summary>${wayOut}${introduction(region, texts, language, 2)}</details>`;
}

// What somebody reads before the script has come, or without any.
function introduction(region, texts, language, level) {
  const heading = (name, depth) => `<h${depth}>${escape(texts[name])}</h${depth}>`;
  return [
    heading('home.head', level),
    `<p class="lead">${escape(texts['home.lead'])}</p>`,
    `<p class="danger"><a class="utrecht-link" href="tel:112">${escape(texts['home.danger'])}</a></p>`,
    `<p class="loading">${escape(texts['page.loading'])}</p>`,
    `<noscript>${heading('page.no_script.head', level + 1)}<p>${escape(texts['page.no_script.body'])}</p><p>${escape(texts['page.no_script.code'])}</p></noscript>`,
    heading('ways.head', level + 1),
    ways(region, texts, language),
    `<p>${escape(texts['safety.cannot.1'])}</p>`,
  ].join('');
}

const pick = (value, language) => (typeof value === 'object' ? value[language] ?? value.en ?? value.nl : value) ?? '';

function ways(region, texts, language) {
  const hours = (contact) => (contact.hours ? ` <span class="hours">${escape(texts['ways.hours'])}: ${escape(pick(contact.hours, language))}</span>` : '');
  const label = (contact) => escape(pick(contact.label, language));
  const known = [
    ...(region.telephones ?? []).map((one) => `${escape(texts['ways.telephone'])} ${label(one)} <a class="utrecht-link" dir="ltr" href="tel:${one.number.replace(/[^0-9+]/g, '')}">${escape(one.number)}</a>${hours(one)}`),
    ...(region.addresses ?? []).map((one) => `${escape(texts['ways.visit'])} ${label(one)} ${escape(one.lines.join(', '))}${hours(one)}`),
    ...(region.clientUrl ? [`${escape(texts['ways.client'])} <span class="address" dir="ltr">${escape(region.clientUrl)}</span>`] : []),
  ];
  return `<ul><li><a class="utrecht-link" href="tel:112">${escape(texts['ways.danger'])}</a></li>${known.map((one) => `<li>${one}</li>`).join('')}</ul>`;
}
