// The headers that the gateway sends with the page, "Name: value" a line. The policy names the script
// and the style by their hashes: nothing else runs, wherever it came from.
import { createHash } from 'node:crypto';

export const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// Of any document of ours, with its policy.
export function headersWith(policy) {
  return [
    'Content-Type: text/html; charset=utf-8',
    `Content-Security-Policy: ${policy}`,
    'Cache-Control: no-store',
    'Referrer-Policy: no-referrer',
    'X-Content-Type-Options: nosniff',
    'X-Frame-Options: DENY',
    'Cross-Origin-Opener-Policy: same-origin',
    'Cross-Origin-Resource-Policy: same-origin',
    'Permissions-Policy: camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
    '',
  ].join('\n');
}

export function makeHeaders(script, style) {
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    `img-src data:`, // the neutral icon
    `connect-src 'self'`,
    `worker-src blob:`, // the puzzle
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types meldpunt-worker`,
  ].join('; ');
  const text = headersWith(`${policy}; frame-ancestors 'none'`);
  // The same once more within the document, for a proxy that drops headers.
  return { text, inDocument: policy };
}
