// The document: one style, one script, and what somebody reads when the script does not run.
//
// Its title and address are the same for every region and every case: a browser's history keeps both.
const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%231f5a66'/%3E%3C/svg%3E";

export function makeDocument(script, style) {
  if (/<\/script|<!--/i.test(script)) throw new Error('the script cannot stand in a document');
  if (/<\/style/i.test(style)) throw new Error('the style cannot stand in a document');
  return [
    '<!doctype html>',
    '<html lang="nl" translate="no">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><meta name="google" content="notranslate">',
    '<meta name="format-detection" content="telephone=no"><title>Meldpunt</title>',
    `<link rel="icon" href="${icon}"><style>${style}</style></head>`,
    '<body class="utrecht-theme"><div id="console"></div>',
    '<noscript><p>Zet JavaScript aan voor deze pagina en laad haar opnieuw. / Switch on JavaScript for this page and load it again.</p></noscript>',
    `<script>${script}</script></body></html>`,
    '',
  ].join('\n');
}
