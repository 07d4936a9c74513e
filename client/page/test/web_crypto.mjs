// Debian 12's node 18 has the browser's cryptography, but not in the global scope.
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
