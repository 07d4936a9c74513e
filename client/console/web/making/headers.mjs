// The headers that the console's server sends with the document, "Name: value" a line. The policy names the script and
// the style by their hashes: nothing else runs. No Trusted Types policy may be made, so no text becomes markup.
import { hashOf, headersWith } from '../../../page/making/headers.mjs';

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
  return headersWith(policy);
}
