// The headers that the console's server sends with the document, "Name: value" a line. The policy names the script and
// the style by their hashes: nothing else runs. No Trusted Types policy may be made, so no text becomes markup.
import { createHash } from 'node:crypto';

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export function makeHeaders(script, style) {
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    `img-src data:`, // the icon
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
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
